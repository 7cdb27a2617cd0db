package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SleepOptionsTest {
  @TempDir Path app;

  @Test
  void a_time_is_taken_from_options_and_the_settings_file() throws Exception {
    Files.writeString(app.resolve(".jlocal"), "sleep: 30m\n");
    var set = Typed.start("", Map.of(), app).options().values();
    assertThat(set.<Duration>get("--sleep")).isEqualTo(Duration.ofMinutes(30));
    assertThat(AppFeatures.sleep(set)).isNotNull();
    var off = Typed.start("--sleep 0", Map.of(), app).options().values();
    assertThat(AppFeatures.sleep(off)).isNull();
    assertThat(Typed.start("--no-proxy --sleep 5m", Map.of(), app).warnings().toString())
        .contains("sleep", "has no effect without a router (--no-proxy)");
  }

  @Test
  void an_invalid_time_is_refused_with_its_place() throws Exception {
    Files.writeString(app.resolve(".jlocal"), "port: 5000\nsleep: soon\n");
    Echo.Said said = Echo.say(List.of("start"), Map.of(), app);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err())
        .contains(".jlocal:2: error: sleep: 'soon' is not a time, such as 30s or 5m");
    assertThat(Echo.say(List.of("start", "--sleep", "-1"), Map.of(), app).status()).isEqualTo(2);
  }
}
