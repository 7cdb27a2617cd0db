package jlocal.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.releases.Ledger.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path folder;

  private static Snapshot files(String env) {
    return new Snapshot("web: true\n", new LinkedHashMap<>(Map.of("/app/.env", env)));
  }

  private Path file() throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void the_newest_hundred_are_kept_and_the_file_is_bounded() throws IOException {
    var ledger = new Ledger(folder, "app");
    for (int i = 1; i <= 1000; i++) {
      assertThat(ledger.record(files("A=" + i), "", "first")).isEqualTo(i);
    }
    assertThat(ledger.releases()).hasSize(100);
    assertThat(ledger.releases().getLast().files()).isEqualTo(files("A=1000"));
    assertThat(Files.readAllLines(file())).hasSizeLessThan(450);
    assertThat(Files.getPosixFilePermissions(file()).toString()).doesNotContain("GROUP", "OTHERS");
  }

  @Test
  void a_line_cut_at_any_byte_costs_that_release_only() throws IOException {
    var ledger = new Ledger(folder, "app");
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
}
