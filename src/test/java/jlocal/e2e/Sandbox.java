package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder with an app, where jlocal is used like by a user: through its launcher. After the test
 * nothing of the app may be left; if it failed, all output is shown.
 */
final class Sandbox implements BeforeEachCallback, AfterEachCallback {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("jlocal.launcher", "scripts/jlocal")).toAbsolutePath();

  static {
    warmUp();
  }

  /** jlocal itself, and the test's terminal. */
  private static final Pattern OURS =
      Pattern.compile("\\d+ (.*jlocal-watchdog|.*jlocal(-launch)?\\.jar|tmux |bash --norc)");

  private final List<Running> runs = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Marker marker = new Marker();
  private final PortBlock ports = new PortBlock();
  private List<String> user = List.of();
  private Path folder;

  /** The first use of a build records its caches, which takes long on a busy machine. */
  private static void warmUp() {
    try {
      var builder = new ProcessBuilder(LAUNCHER.toString(), "version");
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    folder = Files.createTempDirectory("sandbox ä ").toRealPath();
    Files.createDirectory(root());
    Files.createDirectory(runtime());
    variable("XDG_RUNTIME_DIR", runtime().toString());
    variable("XDG_DATA_HOME", runtime().toString());
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    try (ports) {
      boolean failed = test.getExecutionException().isPresent();
      if (failed) runs.forEach(run -> System.err.println(test.getDisplayName() + "\n" + run));
      List<String> left = marker.endAll(failed);
      deleteFolder();
      if (failed) return;
      assertThat(left).as("left behind").isEmpty();
      assertThat(ports.busy()).as("ports still open").isEmpty();
    }
  }

  private void deleteFolder() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The app's folder; its path has a blank and an umlaut. */
  Path root() {
    return folder.resolve("app");
  }

  /** The folder for the sockets of this test's apps. */
  Path runtime() {
    return folder.resolve("run");
  }

  /** The first port of a block that is free. */
  int port() {
    return ports.base();
  }

  /** Writes a file of the app. */
  Sandbox given(String name, String text) throws IOException {
    Path file = root().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Reads a file of the app. */
  String file(String name) throws IOException {
    return Files.readString(root().resolve(name), StandardCharsets.UTF_8);
  }

  /** Sets a variable of the calling shell; null removes it. */
  Sandbox variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Runs jlocal as the user nobody from now on, and gives it the app. Only root can do that. */
  Sandbox asNobody() throws IOException {
    var nobody = folder.getFileSystem().getUserPrincipalLookupService();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path of : List.of(root(), runtime())) {
      Files.setOwner(of, nobody.lookupPrincipalByName("nobody"));
    }
    user = List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups");
    return variable("HOME", root().toString());
  }

  /** Runs a jlocal that ends by itself. */
  Finished run(String... arguments) throws IOException {
    return jlocal(arguments).end();
  }

  /** {@code jlocal start} on free ports and without a router. */
  Running start(String... arguments) throws IOException {
    String[] where = {"start", "-p", Integer.toString(port()), "--no-proxy"};
    return jlocal(Stream.of(where, arguments).flatMap(Stream::of).toArray(String[]::new));
  }

  Running jlocal(String... arguments) throws IOException {
    return exec(argv(arguments), Redirect.to(files("out")));
  }

  /** Starts a jlocal whose output is not read. */
  Running unread(String... arguments) throws IOException {
    return exec(argv(arguments), Redirect.PIPE);
  }

  private List<String> argv(String... arguments) {
    var argv = new ArrayList<>(user);
    argv.add(LAUNCHER.toString());
    argv.addAll(List.of(arguments));
    return argv;
  }

  /** Runs a script in which {@code jlocal} is a command. */
  Running shell(String script) throws IOException {
    String function = "jlocal() { \"" + LAUNCHER + "\" \"$@\"; }\n";
    return exec(List.of("bash", "-c", function + script), Redirect.to(files("out")));
  }

  /** A terminal in the app's folder, with {@code jlocal} on its PATH. */
  Terminal terminal() throws IOException {
    String path = LAUNCHER.getParent() + ":" + System.getenv("PATH");
    variable("PATH", path).variable("TERM", "xterm-256color");
    String socket = folder.resolve("tmux").toString();
    return new Terminal(arguments -> {
      var argv = new ArrayList<>(List.of("tmux", "-u", "-S", socket));
      argv.addAll(arguments);
      return command(argv);
    });
  }

  private Running exec(List<String> argv, Redirect out) throws IOException {
    var builder = command(argv).redirectOutput(out);
    var run = Running.start(builder, files("err"));
    runs.add(run);
    return run;
  }

  private ProcessBuilder command(List<String> argv) {
    var builder = new ProcessBuilder(argv).directory(root().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(Sandbox::isOfThisBuild);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    marker.mark(environment);
    variables.forEach((name, value) -> {
      if (value == null) environment.remove(name);
      else environment.put(name, value);
    });
    return builder;
  }

  private File files(String kind) {
    return folder.resolve(runs.size() + "." + kind).toFile();
  }

  private static boolean isOfThisBuild(String name) {
    return name.matches("MAVEN_.*|JLOCAL_.*|JAVA_TOOL_OPTIONS|PORT|NO_COLOR|FORCE_COLOR");
  }

  Path launcher() {
    return LAUNCHER;
  }

  /** The app's running processes with their arguments, without jlocal's own. */
  List<String> children() {
    return marker.alive().stream().filter(process -> !OURS.matcher(process).lookingAt()).toList();
  }

  /** The pids of the watchdogs. */
  List<Long> watchdogs() {
    return marker.alive().stream()
        .filter(process -> process.contains("jlocal-watchdog"))
        .map(process -> Long.valueOf(process.split(" ", 2)[0]))
        .toList();
  }

  /** Ends processes that the test started without jlocal. */
  void endChildren() {
    marker.endAll(true);
  }
}
