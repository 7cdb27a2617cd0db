package jlocal.addons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.json.JsonFields;
import jlocal.os.Helper;
import jlocal.os.User;
import org.jspecify.annotations.Nullable;

/**
 * An installed server.
 *
 * @param bin the folder of its programs
 * @param server the program
 * @param user a prefix of the command, with a trailing blank, so that it does not run as root;
 *     empty for none
 */
public record InstalledServer(Path bin, String server, String version, String user) {
  private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The engine of a server that is part of jlocal. */
  static final InstalledServer OWN =
      new InstalledServer(Path.of(System.getProperty("java.home"), "bin"), "java", "1.0", "");

  static InstalledServer of(JsonFields read) {
    return new InstalledServer(
        Path.of(read.text("bin")), read.text("server"), read.text("version"), read.text("user"));
  }

  JsonFields fields() {
    return JsonFields.of("bin", bin.toString(), "server", server, "version", version, "user", user);
  }

  boolean isThere() {
    return Files.isExecutable(bin.resolve(server));
  }

  /** Returns the server's user as a suffix; empty for jlocal's own. */
  public String userText() {
    return user.isEmpty() ? "" : ", as the user nobody, since it does not run as root";
  }

  /** Returns the major version, which decides whether data are compatible. */
  public int major() {
    return major(version);
  }

  static int major(String version) {
    return Integer.parseInt(version.split("\\.", 2)[0]);
  }

  /** Returns the installed engines of a service, those in PATH first. */
  public static List<InstalledServer> installed(
      AddOnService service, Map<String, String> environment) throws IOException {
    if (service.isOwn()) return List.of(OWN);
    var folders = new LinkedHashSet<Path>();
    for (Path folder : places(service, environment)) {
      for (String server : service.programs().servers()) {
        Path program = folder.resolve(server);
        if (!Files.isExecutable(program)) continue;
        // A link to one version may later point to another.
        folders.add(program.toRealPath().resolveSibling(""));
        folders.add(folder.toRealPath());
      }
    }
    var found = new ArrayList<InstalledServer>();
    for (Path folder : folders) {
      InstalledServer engine = in(folder, service);
      if (engine != null) found.add(engine);
    }
    return found;
  }

  /** Returns the installed engines, and those fetched earlier. */
  public static List<InstalledServer> available(
      AddOnService service, Map<String, String> environment) throws IOException {
    var all = new ArrayList<>(installed(service, environment));
    var embedded = EmbeddedServer.of(service, environment);
    if (embedded.exists()) all.addAll(embedded.cached());
    return all;
  }

  /** Returns the engine in a folder; null if there is none. */
  static @Nullable InstalledServer in(Path folder, AddOnService service) throws IOException {
    for (String server : service.programs().servers()) {
      Path program = folder.resolve(server);
      boolean isWhole =
          Stream.concat(Stream.of(server), service.programs().beside().stream())
              .allMatch(name -> Files.isExecutable(folder.resolve(name)));
      if (!isWhole) continue;
      var said = Helper.run(List.of(program.toString(), "--version"), Map.of(), TIMEOUT);
      Matcher version = VERSION.matcher(said.output());
      if (!version.find()) continue;
      String user =
          service.has(AddOnService.Trait.REFUSES_ROOT) && User.id() == 0 ? OtherUser.prefix() : "";
      return new InstalledServer(folder, server, version.group(), user);
    }
    return null;
  }

  /** Returns the folders that may contain its programs. */
  private static List<Path> places(AddOnService service, Map<String, String> environment) {
    var all = new ArrayList<Path>();
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) all.add(Path.of(folder));
    for (String glob : service.programs().places()) all.addAll(matching(glob));
    return all;
  }

  /**
   * Finds a program that some engines lack.
   *
   * @param names the first one found is used
   * @param first the folder to search first; null for none
   * @return null if there is none
   */
  public static @Nullable Path program(
      List<String> names,
      AddOnService service,
      @Nullable Path first,
      Map<String, String> environment) {
    var folders = new ArrayList<>(places(service, environment));
    if (first != null) folders.addFirst(first);
    for (Path folder : folders) {
      for (String name : names) {
        if (Files.isExecutable(folder.resolve(name))) return folder.resolve(name);
      }
    }
    return null;
  }

  /** Returns the folders that match a pattern with one star, the highest number first. */
  private static List<Path> matching(String glob) {
    int star = glob.indexOf('*');
    if (star < 0) return List.of(Path.of(glob));
    Path above = Path.of(glob.substring(0, glob.lastIndexOf('/', star)));
    String rest = glob.substring(glob.indexOf('/', star) + 1);
    String name = glob.substring(above.toString().length() + 1, glob.indexOf('/', star));
    var found = new ArrayList<Path>();
    try (var folders = Files.newDirectoryStream(above, name)) {
      for (Path folder : folders) found.add(folder.resolve(rest));
    } catch (IOException _) {
      return List.of();
    }
    found.sort(Comparator.comparingInt((Path it) -> number(it)).reversed());
    return found;
  }

  private static int number(Path folder) {
    Matcher digits = Pattern.compile("[0-9]+").matcher(folder.toString());
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }
}
