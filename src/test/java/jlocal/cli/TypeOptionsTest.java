package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jlocal.formation.TypeSettings;
import jlocal.os.Signal;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeOptionsTest {
  @TempDir Path app;

  @Test
  void each_type_has_its_own() throws Exception {
    Files.createDirectory(app.resolve("backend"));
    settings(
        """
        env.web: A=1
        env.web: B=x=y z
        dir.api: backend
        signal.worker: sigint
        stop-timeout.worker: 60
        """);

    var values = Typed.start("", Map.of(), app).options().values();

    assertThat(TypeOptions.read(values.ofTypes(), app, values::add))
        .containsExactly(
            Map.entry(
                new ProcessType("web"),
                new TypeSettings(Map.of("A", "1", "B", "x=y z"), null, null, null, 0)),
            Map.entry(
                new ProcessType("api"),
                new TypeSettings(Map.of(), app.resolve("backend"), null, null, 0)),
            Map.entry(
                new ProcessType("worker"),
                new TypeSettings(Map.of(), null, Signal.INT, Duration.ofSeconds(60), 0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "env.web: A            | env.web: it must be NAME=value",
        "env.web: =secret      | env.web: it must be NAME=value",
        "env.web: PORT=1       | env.web: PORT is set by jlocal; for ports use --port",
        "dir.web: nowhere      | dir.web: 'nowhere' is not a folder",
        "signal.web: STOP      | signal.web: 'STOP' is not one of INT, TERM, QUIT, HUP, USR1, USR2",
        "stop-timeout.web: x   | stop-timeout.web: 'x' is not a number of seconds, such as 5 or 0.5"
      })
  void a_wrong_value_is_an_error_at_its_line(String line, String sentence) throws IOException {
    settings(line + "\n");

    Echo.Said said = Echo.say(List.of("start"), Map.of(), app);

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).isEqualTo(app.resolve(".jlocal") + ":1: error: " + sentence + "\n");
  }

  private void settings(String text) throws IOException {
    Files.writeString(app.resolve(".jlocal"), text);
  }
}
