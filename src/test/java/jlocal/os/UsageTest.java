package jlocal.os;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import jlocal.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path folder;

  @Test
  void the_list_of_ps_is_added_up_by_group() {
    String ps =
        """
            1  12000  12:01.50
          700   1024   0:00.25
          700   2048   1:02.50
         7000   4096   3:04:05
          800      0   2-03:04:05
          900      0
        """;
    assertThat(ResourceUsage.ofGroups(Set.of(700L, 800L, 900L), ps))
        .isEqualTo(
            Map.of(
                700L, new ResourceUsage(Duration.ofMillis(62_750), 3 << 20, 0, 0),
                800L, new ResourceUsage(Duration.ofDays(2).plusSeconds(11_045), 0, 0, 0)));
  }

  /** As PostgreSQL's children are. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_child_with_a_session_of_its_own_counts() throws Exception {
    Path ready = folder.resolve("ready");
    String child = "data = bytearray(b'x') * (64 << 20); open('%s', 'w'); input()".formatted(ready);
    Process parent =
        new ProcessBuilder(
                "setsid", "sh", "-c", "exec 3<&0; setsid python3 -c \"$1\" <&3 & wait", "-", child)
            .redirectErrorStream(true)
            .start();
    try {
      Await.until("the child has its memory", () -> Files.exists(ready), () -> folder);
      long leader = parent.pid();
      ResourceUsage usage = requireNonNull(ResourceUsage.ofSessions(Set.of(leader)).get(leader));
      assertThat(usage.bytes()).isGreaterThan(64 << 20);
    } finally {
      parent.getOutputStream().close(); // ends the child's input()
      parent.destroy();
    }
  }
}
