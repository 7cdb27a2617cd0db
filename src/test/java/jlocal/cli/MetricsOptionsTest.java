package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.problem.Problem;
import jlocal.procfile.Procfile;
import jlocal.procfile.ProcfileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsOptionsTest {
  private static final String SIZE =
      " is not a size, such as 512M, 1G or a dyno size: eco, basic, standard-1x, …\n";

  @TempDir Path app;

  private void given(String file, String text) throws IOException {
    Files.writeString(app.resolve(file), text);
  }

  private Echo.Said start(String... options) throws IOException {
    given("Procfile", "web: true\nworker: true\n");
    var all = new ArrayList<>(List.of("start", "--no-proxy"));
    all.addAll(List.of(options));
    return Echo.say(all, Map.of(), app);
  }

  private String problems(String options) throws Exception {
    given("Procfile", "web: true\nworker: true\n");
    Procfile procfile = ProcfileReader.read(app.resolve("Procfile"), "Procfile").value();
    var start = Typed.start(options, Map.of(), app).options();
    return new MetricsOptions(start.values(), app)
        .problems(procfile).stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"web=5x | '5x'", "512 | '512'", "web=1G,worker= | ''", "web=0M | '0M'"},
      quoteCharacter = '"')
  void a_bad_size_is_refused_before_anything_starts(String memory, String shown) throws Exception {
    Echo.Said said = start("--memory", memory);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("--memory", shown + SIZE);
  }

  @Test
  void a_bad_size_in_the_settings_file_is_refused_at_its_line() throws Exception {
    given(".jlocal", "port: 5000\nmemory.web: much\nmemory: more\n");
    assertThat(start().err())
        .contains(app.resolve(".jlocal") + ":2: error: memory.web: 'much'" + SIZE)
        .contains(app.resolve(".jlocal") + ":3: error: memory: 'more'" + SIZE);
  }

  @Test
  void a_type_that_is_not_there_is_refused() throws Exception {
    assertThat(problems("--memory wep=1G")).contains("no process type 'wep'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'formation' is missing",
        "[] | not a JSON object",
        "{\"formation\": {\"web\": {\"quantity\": 1}}} | it has no size in its" + " formation",
        "{\"formation\": {\"web\": {\"size\": \"huge\"}}} | 'huge' of web is not a" + " dyno size",
        "{\"formation\": {\"web\": {\"size\": 3}}} | 'size' is not a string"
      })
  void what_is_wrong_with_app_json_is_an_error_where_it_is_asked_for(String text, String what)
      throws Exception {
    given("app.json", text);
    assertThat(problems("--memory app.json"))
        .contains(app.resolve("app.json") + ": error: --memory app.json: " + what);
  }

  @Test
  void an_app_json_that_is_not_there_is_an_error() throws Exception {
    assertThat(problems("--memory app.json"))
        .contains(app.resolve("app.json") + ": error: --memory app.json: cannot be read");
  }

  @Test
  void what_is_said_of_a_type_counts_more_than_app_json() throws Exception {
    given(
        "app.json",
        "{\"formation\": {\"web\": {\"size\": \"Eco\"}, \"job\": {\"size\": \"basic\"}}}");
    given(".jlocal", "memory.worker: 1G\n");
    var options = Typed.start("--memory app.json,2G,web=3G", Map.of(), app).options();
    var metrics = new MetricsOptions(options.values(), app);
    var quotas = metrics.quotas(metrics.ofTypes(), new ArrayList<>());
    assertThat(
            quotas.entrySet().stream().map(it -> it.getKey() + "=" + (it.getValue().bytes() >> 20)))
        .containsExactlyInAnyOrder("web=3072", "job=512", "worker=1024", "=2048");
  }
}
