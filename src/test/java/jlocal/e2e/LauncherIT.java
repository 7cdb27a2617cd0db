package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import jlocal.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** The checkout's launcher and its background work. */
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class LauncherIT {
  private static final Path JAR = Path.of("target/jlocal.jar").toAbsolutePath();
  private static final Path LOCK = JAR.resolveSibling("training");

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** Regression: concurrent launchers that retried instead of giving up filled a machine. */
  @Test
  void a_recording_in_progress_is_not_started_again() throws Exception {
    renewJar();
    Files.createDirectory(LOCK);
    Path owner = Files.writeString(LOCK.resolve("pid"), ProcessHandle.current().pid() + "\n");
    try {
      Finished turnedAway = sandbox.run("_train");

      assertThat(turnedAway.status()).isNotEqualTo(0);
      assertThat(turnedAway.err()).isEmpty();
      assertThat(ProcessHandle.allProcesses().filter(LauncherIT::records)).isEmpty();
    } finally {
      Files.delete(owner);
      Files.delete(LOCK);
    }
  }

  /** Not covered otherwise: without the cache everything works, at a third of the speed. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void an_app_runs_with_the_cache_of_its_classes() throws Exception {
    renewJar();
    sandbox.given("Procfile", "one: exec sleep 1000\n").run("version");
    awaitNewCache();
    Running app = sandbox.start().until("one.1 started");

    assertThat(Files.readString(Path.of("/proc/" + app.pid() + "/maps"))).contains("-start.jsa");
    app.stop();
  }

  /** Overwriting the library would change it under an app that has mapped it: the JVM crashes. */
  @Test
  void the_library_of_a_running_app_is_replaced_and_not_written_over() throws Exception {
    Path library;
    try (var files = Files.list(JAR.resolveSibling("native"))) {
      library = files.findFirst().orElseThrow();
    }
    byte[] content = Files.readAllBytes(library);
    try (var running = FileChannel.open(library)) {
      var mapped = running.map(FileChannel.MapMode.READ_ONLY, 0, content.length);
      Files.write(library, new byte[] {1}, StandardOpenOption.WRITE);
      renewJar();
      sandbox.run("version");
      awaitNewCache();

      assertThat(mapped.get(0)).isEqualTo((byte) 1);
      assertThat(library).hasBinaryContent(content);
    }
  }

  /** With a relative path in the cache, the JVM searches for the jar once per class. */
  @Test
  void a_cache_knows_where_its_jar_is_however_the_launcher_was_called() throws Exception {
    Path checkout = JAR.getParent().getParent();
    renewJar();

    sandbox.shell("cd '" + checkout + "' && scripts/jlocal version").end();

    awaitNewCache();
    try (var files = Files.list(JAR.getParent())) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsa")))
          .hasSize(2)
          .allMatch(cache -> text(cache).contains(checkout + "/"))
          .allMatch(cache -> text(cache).contains("jlocal/cli/Main"));
    }
    assertNothingIsReadFromTheJar();
  }

  /** Opening the jar for one class takes a tenth of a command's time. */
  private void assertNothingIsReadFromTheJar() throws IOException {
    Path loaded = Files.createDirectory(sandbox.runtime().resolve("classes"));
    sandbox.given("Procfile", "one: echo a line; exec sleep 1000\n");
    sandbox.variable("JAVA_HOME", jdkThatWrites(loaded).toString());
    Running app = sandbox.start().until("one.1 is up");
    sandbox.run("ps");
    sandbox.run("run", "true");
    sandbox.run("logs");
    sandbox.run("stop");
    app.end();

    var classes = new ArrayList<String>();
    try (var files = Files.list(loaded)) {
      for (Path file : files.toList()) classes.addAll(Files.readAllLines(file));
    }
    assertThat(classes).anyMatch(line -> line.startsWith("jlocal.cli.PsCommand source: shared"));
    assertThat(classes).filteredOn(line -> line.contains("jlocal.jar")).isEmpty();
  }

  /** Returns a JDK whose JVMs log each class they load to a file in the folder. */
  private Path jdkThatWrites(Path folder) throws IOException {
    Path real = Path.of(System.getProperty("java.home"));
    Path bin = Files.createDirectories(sandbox.runtime().resolve("jdk/bin"));
    Files.copy(real.resolve("release"), bin.resolveSibling("release"));
    String script =
        """
        #!/bin/sh
        # The launcher's first option turns the JVM's log off.
        first=$1
        shift
        exec "%s/bin/java" "$first" "-Xlog:class+load:file=%s/%%p:none" "$@"
        """
            .formatted(real, folder);
    Path java = Files.writeString(bin.resolve("java"), script);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }

  private static String text(Path cache) {
    try {
      return Files.readString(cache, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes its caches out of date, with none being created. */
  private static void renewJar() throws IOException {
    assertThat(Await.within(Await.LIMIT, () -> !Files.exists(LOCK))).isTrue();
    Files.setLastModifiedTime(JAR, FileTime.fromMillis(System.currentTimeMillis()));
  }

  private static void awaitNewCache() {
    assertThat(Await.within(Await.LIMIT, () -> hasNewCache() && !Files.exists(LOCK))).isTrue();
  }

  private static boolean hasNewCache() {
    try (var files = Files.list(JAR.getParent())) {
      long jar = JAR.toFile().lastModified();
      return files
          .filter(file -> file.toString().endsWith("-start.jsa"))
          .anyMatch(file -> file.toFile().lastModified() > jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean records(ProcessHandle process) {
    return process.info().commandLine().orElse("").endsWith(" _train");
  }
}
