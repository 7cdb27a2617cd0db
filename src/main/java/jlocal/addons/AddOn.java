package jlocal.addons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import jlocal.json.JsonFields;
import jlocal.os.Helper;
import jlocal.problem.UserError;

/**
 * An add-on of one app.
 *
 * @param name of the add-on and of its process type
 * @param plan as requested; it has no effect
 * @param attachment the first part of its variables' names
 * @param colour of the additional variable that Heroku sets; empty for none
 * @param port on 127.0.0.1
 * @param engine the server
 */
public record AddOn(
    String name,
    AddOnService service,
    String plan,
    String attachment,
    String colour,
    int port,
    String password,
    InstalledServer engine) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Pattern FAILURE = Pattern.compile("(?i)error:|fatal:|panic:");

  static AddOn of(JsonFields read) throws UserError {
    return new AddOn(
        read.text("name"),
        AddOnService.named(read.text("service")),
        read.text("plan"),
        read.text("attachment"),
        read.text("colour"),
        read.small("port"),
        read.text("password"),
        InstalledServer.of(read.object("engine")));
  }

  JsonFields fields() {
    return JsonFields.of(
        "name",
        name,
        "service",
        service.names().getFirst(),
        "plan",
        plan,
        "attachment",
        attachment,
        "colour",
        colour,
        "port",
        port,
        "password",
        password,
        "engine",
        engine.fields());
  }

  AddOn with(InstalledServer other) {
    return new AddOn(name, service, plan, attachment, colour, port, password, other);
  }

  AddOn on(int other) {
    return new AddOn(name, service, plan, attachment, colour, other, password, engine);
  }

  /** Returns the main variable: an app that sets it itself does not need the add-on. */
  public String variable() {
    return variables().firstEntry().getKey();
  }

  /** Returns the value of that variable without the password. */
  public String maskedUrl() {
    String url = variables().firstEntry().getValue();
    return password.isEmpty() ? url : url.replace(password, "********");
  }

  /** Returns the variables for the app's processes. */
  public SequencedMap<String, String> variables() {
    return service.server().variables(this);
  }

  /** Whether the server is ready for clients. */
  public boolean answers() {
    return service.server().answers(this);
  }

  /** Describes its data; empty if unknown. */
  public String content(Path data) throws IOException {
    return service.server().content(data);
  }

  /** Returns the command that runs it, possibly as another user. */
  String command() {
    return engine.user() + service.server().command(this);
  }

  /** Returns the variables of its processes only: an odd locale must not prevent the start. */
  Map<String, String> environment() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    String withBin = engine.bin() + File.pathSeparator + path;
    return Map.of("PATH", withBin, "LC_ALL", "C", "PORT", Integer.toString(port));
  }

  /**
   * Runs one of its programs to the end, as the user of the server.
   *
   * @param stdin a file that jlocal opens
   * @throws IOException if that fails, with the program's output
   */
  void run(List<String> argv, Path stdin) throws IOException {
    String line = "exec " + engine.user() + "\"$@\" <\"$0\"";
    var all = new ArrayList<>(List.of("/bin/sh", "-c", line, stdin.toString()));
    all.addAll(argv);
    var result = Helper.run(all, Map.copyOf(environment()), TIMEOUT);
    if (result.status() == 0 && !result.output().contains("ERROR:")) return;
    String said =
        result
            .output()
            .lines()
            .filter(each -> FAILURE.matcher(each).find())
            .findFirst()
            .orElse(result.output().strip());
    throw new IOException(said);
  }
}
