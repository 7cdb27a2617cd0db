package jlocal.terminal;

import static jlocal.terminal.Painted.WEB;
import static jlocal.terminal.Painted.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void each_source_has_a_file_and_all_have_one() throws IOException {
    try (var files = files(folder.resolve("new/logs"))) {
      give(files, WEB, "\033[31mone\033[0m\ntwo\n");
      give(files, WORKER, "three\n");
      give(files, Source.MANAGER, "four\n");
      files.partial(WEB, Painted.buffer(new byte[] {'5'}));
      files.flush();
    }
    assertThat(read("new/logs/web.1.log")).matches(TIME + "one\n" + TIME + "two\n" + TIME + "5");
    assertThat(read("new/logs/worker.1.log")).matches(TIME + "three\n");
    assertThat(read("new/logs/manager.log")).matches(TIME + "four\n");
    assertThat(read("new/logs/all.log").replaceAll(TIME, ""))
        .isEqualTo(
            "web.1    | one\nweb.1    | two\nworker.1 | three\nmanager  | four\nweb.1    | 5");
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_deleted_log_folder_is_created_again() throws IOException {
    Path logs = folder.resolve("logs");
    try (var files = new LogFiles(logs, new Rotation(1, 0), names(), warnings::add)) {
      give(files, WEB, "one\n");
      files.flush();
      for (String file : List.of("web.1.log", "all.log")) Files.delete(logs.resolve(file));
      Files.delete(logs);
      give(files, WEB, "two\n");
      files.flush();
    }
    assertThat(read("logs/web.1.log")).matches(TIME + "two\n");
    assertThat(warnings).isEmpty();
  }

  @Test
  void files_that_cannot_be_written_are_reported_once() throws IOException {
    Files.createDirectories(folder.resolve("web.1.log"));
    Files.createDirectories(folder.resolve("worker.1.log"));
    try (var files = files(folder)) {
      for (int i = 0; i < 3; i++) {
        give(files, WEB, "one\n");
        give(files, WORKER, "two\n");
        files.flush();
      }
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("cannot write log files in " + folder + ": ");
    assertThat(read("all.log").lines()).hasSize(6);
  }

  @Test
  void an_outage_ends_with_the_number_of_lines_that_are_missing() throws IOException {
    Files.createDirectories(folder.resolve("web.1.log"));
    try (var files =
        new LogFiles(folder, Rotation.DEFAULT, names(), warnings::add, Duration.ZERO)) {
      for (String line : List.of("one\n", "two\n", "three\n")) {
        give(files, WEB, line);
        files.flush();
      }
      Files.delete(folder.resolve("web.1.log"));
      give(files, WEB, "four\n");
      files.flush();
    }
    assertThat(read("web.1.log")).matches(TIME + "four\n");
    assertThat(warnings)
        .hasSize(2)
        .last()
        .isEqualTo("log files in " + folder + " can be written again; lines dropped: 3");
  }

  private LogFiles files(Path to) {
    return new LogFiles(to, Rotation.DEFAULT, names(), warnings::add);
  }

  private static LogFormat.Names names() {
    return LogFormat.Names.of(List.of(), List.of(WEB, WORKER));
  }

  private static void give(LogFiles files, Source source, String text) {
    files.lines(source, Painted.buffer(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
