package jlocal.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import jlocal.addons.AddOn;
import jlocal.addons.AddOnService;
import jlocal.addons.AddOns;
import jlocal.addons.InstalledServer;
import jlocal.addons.SqlShell;
import jlocal.addons.TemporaryServers;
import jlocal.config.ConfigVars;
import jlocal.os.CallerEnvironment;
import jlocal.os.Helper;
import jlocal.os.Launch;
import jlocal.plan.AppFiles;
import jlocal.plan.PlanRequest;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Runs a database client in the terminal; starts the server if necessary. */
final class AddOnToolCommand extends SimpleCommand {
  private final Tool tool;

  /** The client programs, by command. */
  enum Tool {
    PSQL("pg:psql", "postgres", "DATABASE", "psql"),
    DUMP("pg:dump", "postgres", "DATABASE", "pg_dump"),
    RESTORE("pg:restore", "postgres", "DATABASE", "pg_restore"),
    REDIS("redis:cli", "redis", "REDIS", "redis-cli", "valkey-cli");

    private final String command;
    private final String service;
    private final String attachment;
    private final List<String> programs;

    Tool(String command, String service, String attachment, String... programs) {
      this.command = command;
      this.service = service;
      this.attachment = attachment;
      this.programs = List.of(programs);
    }

    private boolean hasFile() {
      return this == DUMP || this == RESTORE;
    }
  }

  AddOnToolCommand(Tool tool, String... aliases) {
    super(tool.command, aliases);
    if (tool.hasFile()) takes("FILE", "1");
    else takes("[DATABASE]", "0..1");
    withoutJson();
    this.tool = tool;
  }

  @Override
  List<OptionGroup> options() {
    var own = new ArrayList<OptionSpec>();
    if (tool == Tool.PSQL) {
      own.add(Options.option(String.class, text -> text, "SQL", "-c", "--command").build());
      own.add(Options.path("FILE", "--file").build());
      own.add(Options.flag("-y", AddOnsCreateCommand.YES));
    }
    if (tool.hasFile()) {
      own.add(Options.option(String.class, text -> text, "NAME", "--database").build());
    }
    var app = new OptionGroup("The app", AppOptions.fileOptions());
    return own.isEmpty() ? List.of(app) : List.of(new OptionGroup("The database", own), app);
  }

  @Override
  int run(Values values, Context context) throws Exception {
    PlanRequest.App app = AppOptions.from(values).files();
    Reading<ConfigVars> vars = AppFiles.readVars(app.root(), app.envFiles());
    if (vars.hasErrors()) throw new UserError(vars.problems());
    var addOns = new AppAddOns(app.root(), context.environment());
    String variable = variable(values, app);
    AddOn addOn = null;
    for (AddOn each : AddOns.of(app.root()).all()) {
      if (each.variable().equals(variable)) addOn = each;
    }
    try (TemporaryServers _ = addOns.runFor(vars.value(), addOn == null ? "-" : addOn.name())) {
      String url = addOns.complete(vars.value()).value(variable);
      if (url == null) url = context.environment().get(variable);
      if (url == null) throw new UserError(none(variable));
      Path program = program(values, context, addOn);
      if (program == null) return sqlLine(URI.create(url), values, context);
      return Helper.inTerminal(launch(program, URI.create(url), values));
    }
  }

  /** Runs SQLLine instead of psql. */
  private static int sqlLine(URI url, Values values, Context context) throws Exception {
    var shell = SqlShell.of(context.environment());
    if (!shell.isThere()) {
      AddOnsCreateCommand.agree("psql is not installed", "SQLLine", shell.folder(), values);
      try {
        shell.fetch(new FetchProgress("SQLLine", context.err())::at);
      } catch (IOException e) {
        throw new UserError(
            "psql is not installed and SQLLine cannot be fetched: " + e.getMessage(),
            "install Debian's postgresql-client or Homebrew's libpq");
      }
    }
    var what = new ArrayList<String>();
    if (values.isGiven("--command")) what.addAll(List.of("-e", values.get("--command")));
    if (values.isGiven("--file")) what.addAll(List.of("-f", values.path("--file").toString()));
    Path connection = SqlShell.connection(url);
    try {
      Path folder = values.context().directory().toAbsolutePath();
      return Helper.inTerminal(
          new Launch(
              shell.argv(connection, what), folder, CallerEnvironment.restore(System.getenv())));
    } finally {
      Files.delete(connection);
    }
  }

  /** Returns the variable of the named add-on, or of the default one. */
  private String variable(Values values, PlanRequest.App app) throws UserError {
    String typed = tool.attachment + "_URL";
    if (tool.hasFile() && values.isGiven("--database")) typed = values.get("--database");
    if (!tool.hasFile() && !values.arguments().isEmpty()) typed = values.arguments().getFirst();
    if (typed.matches("[A-Z][A-Z0-9_]*_URL")) return typed;
    return AddOns.of(app.root()).named(typed).variable();
  }

  private Problem none(String variable) {
    return Problem.error("there is no " + variable + " here")
        .hint("'jlocal addons:create " + tool.service + "' creates a database");
  }

  private @Nullable Path program(Values values, Context context, @Nullable AddOn addOn)
      throws Exception {
    AddOnService service = AddOnService.named(tool.service);
    boolean isSql = tool == Tool.RESTORE && isSql(values.arguments().getFirst());
    List<String> names = isSql ? List.of("psql") : tool.programs;
    Path first = addOn == null ? null : addOn.engine().bin();
    Path found = InstalledServer.program(names, service, first, context.environment());
    if (found != null || tool == Tool.PSQL) return found;
    String packages = service.type().equals("redis") ? "redis-tools" : "postgresql-client";
    throw new UserError(
        names.getFirst() + " is not installed",
        "it is in Debian's package " + packages + ", or in Homebrew's " + brew());
  }

  private String brew() {
    return tool == Tool.REDIS ? "redis" : "libpq";
  }

  private static boolean isSql(String file) {
    return file.endsWith(".sql");
  }

  /** Returns the launch. The password is in a variable, since all users can see arguments. */
  private Launch launch(Path program, URI url, Values values) {
    String user = Objects.requireNonNullElse(url.getRawUserInfo(), "");
    String name = user.replaceFirst(":.*", "");
    String at = name.isEmpty() ? "" : name + "@";
    String place = url.toString().replace(user + "@", at);
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    if (user.contains(":")) {
      String password =
          URLDecoder.decode(
              user.substring(user.indexOf(':') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
      environment.put(tool == Tool.REDIS ? "REDISCLI_AUTH" : "PGPASSWORD", password);
    }
    var argv = new ArrayList<>(List.of(program.toString()));
    argv.addAll(arguments(place, values));
    return new Launch(argv, values.context().directory().toAbsolutePath(), environment);
  }

  private List<String> arguments(String url, Values values) {
    String file = tool.hasFile() ? values.arguments().getFirst() : "";
    return switch (tool) {
      case PSQL -> {
        var all = new ArrayList<>(List.of(url, "-v", "ON_ERROR_STOP=1"));
        if (values.isGiven("--command")) all.addAll(List.of("-c", values.get("--command")));
        if (values.isGiven("--file")) all.addAll(List.of("-f", values.path("--file").toString()));
        yield all;
      }
      case DUMP -> List.of(isSql(file) ? "-Fp" : "-Fc", "--no-owner", "--no-acl", "-f", file, url);
      case RESTORE ->
          isSql(file)
              ? List.of(url, "-q", "-v", "ON_ERROR_STOP=1", "-f", file)
              : List.of("--clean", "--if-exists", "--no-owner", "--no-acl", "-d", url, file);
      case REDIS -> List.of("-u", url);
    };
  }
}
