package jlocal.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import jlocal.releases.ReleaseLog.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ReleaseLogTest {
  @TempDir Path folder;

  static FilesSnapshot files(String env) {
    return new FilesSnapshot("web: true\n", new LinkedHashMap<>(Map.of("/app/.env", env)));
  }

  private Path file() throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void the_newest_hundred_are_kept_and_the_file_is_bounded() throws IOException {
    var ledger = new ReleaseLog(folder, "app");
    for (int i = 1; i <= 1000; i++) {
      assertThat(ledger.record(files("A=" + i), "", "first")).isEqualTo(i);
    }
    assertThat(ledger.releases()).hasSize(100);
    assertThat(ledger.releases().getLast().files()).isEqualTo(files("A=1000"));
    assertThat(Files.readAllLines(file())).hasSizeLessThan(450);
    assertThat(Files.getPosixFilePermissions(file()).toString()).doesNotContain("GROUP", "OTHERS");
  }

  @Test
  void a_truncated_line_loses_only_that_release() throws IOException {
    var ledger = new ReleaseLog(folder, "app");
    ledger.record(files("A=1"), "", "first");
    long whole = Files.size(file());
    ledger.record(files("A=\u00e4\u20ac"), "", "");
    byte[] bytes = Files.readAllBytes(file());
    for (int cut = (int) whole; cut < bytes.length - 2; cut++) {
      Files.write(file(), Arrays.copyOf(bytes, cut), StandardOpenOption.TRUNCATE_EXISTING);
      assertThat(ledger.record(files("A=3"), "", "")).as("cut at " + cut).isEqualTo(2);
      assertThat(ledger.releases()).extracting(Release::version).containsExactly(1L, 2L);
    }
  }

  /** A writer in a JVM of its own: folder, name, and how many releases. */
  static final class Writer {
    public static void main(String[] args) throws IOException {
      var ledger = new ReleaseLog(Path.of(args[0]), "app");
      for (int i = 1; i <= Integer.parseInt(args[2]); i++) {
        System.out.println(ledger.record(files(args[1] + "=" + i), args[1] + i, "first"));
      }
    }
  }

  private static String place(Class<?> of) throws URISyntaxException {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void several_writers_at_once_number_their_releases_without_a_gap() throws Exception {
    var writers = new ArrayList<Process>();
    for (String name : List.of("A", "B", "C")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = place(Writer.class) + File.pathSeparator + place(ReleaseLog.class);
      var command = new ProcessBuilder(java, "-cp", classes, Writer.class.getName());
      command.command().addAll(List.of(folder.toString(), name, "150"));
      writers.add(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }
    var versions = new TreeSet<Integer>();
    for (Process writer : writers) {
      List<Integer> own = writer.inputReader().lines().map(Integer::valueOf).toList();
      assertThat(own).hasSize(150).isSorted();
      versions.addAll(own);
    }

    assertThat(versions).hasSize(450).first().isEqualTo(1);
    assertThat(versions.last()).isEqualTo(450);
    assertThat(new ReleaseLog(folder, "app").releases())
        .extracting(Release::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(351, 450).boxed().toList());
  }
}
