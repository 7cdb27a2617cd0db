package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes loaded before the first process, so that start-up time does not grow unnoticed.
 * Everything else must be loaded after the first process.
 */
class SpawnPathIT {
  private static final Path JAR = Path.of("target/jlocal.jar").toAbsolutePath();

  /** The class that represents a started process. */
  private static final String STARTED = "jlocal.process.ManagedProcess";

  private static final String LIBRARY = "jlocal.os.Libc";

  private static final List<String> ALLOWED =
      List.of(
          "java.",
          "jdk.internal.",
          "jdk.net.",
          "sun.",
          "org.slf4j.",
          "org.jline.jansi.",
          "io.github.cdimascio.dotenv.",
          "picocli.",
          "jlocal.");

  /**
   * Packages that must not be loaded: the router, calls of the C library, certificates, management.
   */
  private static final List<String> BARRED =
      List.of(
          "java.lang.foreign.",
          "java.lang.management.",
          "java.rmi.",
          "java.security.cert.X509",
          "jdk.internal.foreign.layout.",
          "sun.management.",
          "sun.security.ssl.",
          "sun.security.x509.",
          "jlocal.convert.",
          "jlocal.deploy.",
          "jlocal.detect.",
          "jlocal.doctor.",
          "jlocal.history.",
          "jlocal.export.",
          "jlocal.releases.",
          "jlocal.router.HttpListeners",
          "jlocal.router.IoThreadContext",
          "jlocal.router.ProxiedRequest");

  /**
   * Packages of optional features, and for apps without a Procfile or with another runner's file;
   * the arithmetic of Duration.dividedBy and multipliedBy, and the formatters of java.time, which
   * take 20 and 30 ms in a JVM that has just started.
   */
  private static final List<String> UNUSED =
      List.of(
          "java.math.MutableBigInteger",
          "java.time.format.",
          "jlocal.addons.",
          "jlocal.convert.",
          "jlocal.deploy.",
          "jlocal.detect.",
          "jlocal.dashboard.",
          "jlocal.doctor.",
          "jlocal.drains.",
          "jlocal.mcp.",
          "jlocal.names.",
          "jlocal.notices.",
          "jlocal.export.",
          "jlocal.metrics.",
          "jlocal.sleep.",
          "jlocal.watch.",
          "org.eclipse.");

  @TempDir Path app;

  @Test
  void only_what_the_first_process_needs_is_loaded_before_it() throws Exception {
    Files.writeString(app.resolve("Procfile"), "web: true\n");
    Files.writeString(app.resolve(".env"), "KEY=value\n");

    List<Loaded> all = loaded();
    // The thread that calls the C library once a process has started may get there first.
    var later = all.stream().filter(each -> each.name.equals(LIBRARY)).map(Loaded::thread).toList();
    List<String> before =
        all.stream()
            .takeWhile(each -> !each.name.equals(STARTED))
            .filter(each -> !later.contains(each.thread))
            .map(Loaded::name)
            .toList();

    assertThat(before).hasSizeBetween(500, 3_000).contains("java.lang.ProcessImpl");
    assertThat(before).allMatch(name -> startsWithOneOf(ALLOWED, name));
    assertThat(before).noneMatch(name -> startsWithOneOf(BARRED, name));
  }

  @Test
  void unused_features_are_never_loaded() throws Exception {
    Files.writeString(app.resolve("Procfile"), "worker: true\n");
    assertThat(loaded())
        .extracting(Loaded::name)
        .contains("jlocal.app.App")
        .noneMatch(name -> startsWithOneOf(UNUSED, name));
  }

  private record Loaded(String thread, String name) {}

  private List<Loaded> loaded() throws Exception {
    Path log = app.resolve("classes");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var start =
        List.of(
            java,
            "-Xlog:class+load:file=" + log + ":tid",
            "-Djlocal.launched=1",
            "-Dpicocli.converters.excludes=java.*", // as the launcher does
            "-jar",
            JAR.toString(),
            "start");
    Process process =
        new ProcessBuilder(start)
            .directory(app.toFile())
            .redirectErrorStream(true)
            .redirectOutput(app.resolve("out").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroy();
    }
    return Files.readAllLines(log).stream()
        .map(line -> line.split("[\\[\\] ]+", 4))
        .map(words -> new Loaded(words[1], words[2]))
        .toList();
  }

  private static boolean startsWithOneOf(List<String> prefixes, String name) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
