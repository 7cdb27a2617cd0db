package jlocal.addons;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import jlocal.os.PrivateFiles;
import jlocal.os.Terminal;
import jlocal.os.User;

/**
 * SQLLine, a replacement for a missing psql. It runs in its own process.
 *
 * @param folder of its jars, in the user's cache
 * @param maven the folder of Maven's settings
 */
public record SqlShell(Path folder, Path maven) {
  /** The artifacts with their major versions. */
  private static final Map<String, Integer> ARTIFACTS =
      Map.of("sqlline:sqlline", 1, "org.jline:jline", 3, "org.postgresql:postgresql", 42);

  private static final String HISTORY = "history";

  /** Without a terminal, SQLLine would assume columns of no width. */
  private static final String WIDTH = "--maxWidth=10000";

  /** Returns that of the user with this environment. */
  public static SqlShell of(Map<String, String> environment) {
    Path maven = Path.of(System.getProperty("user.home"), ".m2");
    return new SqlShell(User.cacheFolder(environment).resolve("engines/sqlline"), maven);
  }

  /** Whether it was fetched earlier. */
  public boolean isThere() {
    return Files.isDirectory(folder);
  }

  /** Fetches it, completely or not at all. */
  public void fetch(MavenArtifact.Progress progress) throws IOException {
    Files.createDirectories(folder.getParent());
    Path draft = Files.createTempDirectory(folder.getParent(), "new");
    try {
      for (var each : ARTIFACTS.entrySet()) {
        var jar = new MavenArtifact(each.getKey(), maven).fetch(each.getValue(), progress).file();
        Files.copy(jar, draft.resolve(jar.getFileName()));
      }
      Files.createFile(draft.resolve(HISTORY), PrivateFiles.FILE);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      AddOns.delete(draft);
    }
  }

  /**
   * Returns the command line that connects.
   *
   * @param connection a file of {@link #connection}
   * @param what statements to execute, as options; none for interactive use
   */
  public List<String> argv(Path connection, List<String> what) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var argv = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED"));
    // JLine's log is of no use to the user.
    argv.add("-Djava.util.logging.config.file=/dev/null");
    argv.addAll(List.of("-Dorg.jline.terminal.dumb=true", "-cp", folder + "/*"));
    argv.addAll(List.of("sqlline.SqlLine", "--silent=true", "--verbose=false"));
    argv.add("--historyFile=" + folder.resolve(HISTORY));
    if (!Terminal.is(Terminal.Stream.OUT)) argv.add(WIDTH);
    argv.add(connection.toString());
    argv.addAll(what);
    return argv;
  }

  /** Writes a file with the address and password of a database, for this user only. */
  public static Path connection(URI url) throws IOException {
    String[] user = (url.getRawUserInfo() == null ? "" : url.getRawUserInfo()).split(":", 2);
    var properties = new Properties();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String place = url.getRawAuthority().replaceFirst(".*@", "") + url.getRawPath() + query;
    properties.setProperty("url", "jdbc:postgresql://" + place);
    properties.setProperty("driver", "org.postgresql.Driver");
    properties.setProperty("user", decoded(user[0]));
    properties.setProperty("password", user.length > 1 ? decoded(user[1]) : "");
    Path file = Files.createTempFile("jlocal", ".properties", PrivateFiles.FILE);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
