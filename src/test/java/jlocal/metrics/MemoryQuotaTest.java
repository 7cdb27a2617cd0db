package jlocal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryQuotaTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "512M, 512, 1024",
    "512mb, 512, 1024",
    "512MiB, 512, 1024",
    "1G, 1024, 2048",
    "1.5GB, 1536, 3072",
    "eco, 512, 1024",
    "Basic, 512, 1024",
    "standard-1X, 512, 1024",
    "Standard-2X, 1024, 2048",
    "performance-m, 2560, 5120",
    "performance-l-ram, 30720, 36864",
    "private-s, 1024, 1024"
  })
  void a_size_determines_the_quota_and_the_restart_limit(String size, long megabytes, long limit) {
    assertThat(MemoryQuota.of(size)).isEqualTo(new MemoryQuota(megabytes << 20, limit << 20));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {"", "512", "M", "-1M", "0M", "512K", "1,5G", "standard-3x", "512 M", "9T"})
  void anything_else_is_not_a_quota(String size) {
    assertThat(MemoryQuota.of(size)).isNull();
  }
}
