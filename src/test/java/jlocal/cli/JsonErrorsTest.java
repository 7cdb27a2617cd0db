package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jlocal.json.JsonFields;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands say with {@code --json} when they are called with nonsense. */
class JsonErrorsTest {
  private static final Set<String> MEMBERS = Set.of("code", "message", "hint", "file", "line");

  private static final String MORE =
      """
      nope
      config -s
      config:get
      config:get NOPE
      config:set x
      rollback v99
      rollback x
      export
      export nope
      drains:add
      drains:add x
      drains:add ://
      drains:remove x
      addons:create
      addons:create nope
      addons:destroy nope
      check -m ok=x
      check -f nope
      start -m ok=x
      start -p 99999999
      start --https=x
      start nope
      logs --grep (
      logs --since x
      logs --run 99
      requests --status 9
      requests -n x
      wait --for x
      wait --timeout x
      scale nope=1
      ps
      reload
      dashboard
      """;

  @TempDir Path folder;

  static Stream<String> commandLines() {
    return Stream.concat(
        new Commands()
            .all().stream().filter(Subcommand::hasJson).map(each -> each.name() + " --nope"),
        MORE.lines());
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void each_error_is_an_object_whose_code_is_that_of_the_exit(String line) throws IOException {
    Files.writeString(folder.resolve("Procfile"), "ok: exec sleep 1000\n");
    var out = new StringWriter();
    var err = new StringWriter();
    var context =
        new Context(
            new Out(new PrintWriter(out), false),
            new Out(new PrintWriter(err), false),
            Map.of("XDG_DATA_HOME", folder + "/data", "XDG_RUNTIME_DIR", folder + "/run"),
            folder);
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.add("--json");

    int status = new Cli(new Commands()).run(words, context);

    assertThat(status).as(err.toString()).isIn(2, 69, 1);
    String code = status == 2 ? "usage" : status == 69 ? "not_running" : "crashed";
    assertThat(err.toString()).contains("{\"error\":{\"code\":\"" + code + "\"");
    for (String each : err.toString().lines().toList()) {
      JsonFields said = JsonFields.read(each);
      String kind = said.has("error") ? "error" : "warning";
      assertThat(said.values().keySet()).containsExactly(kind);
      assertThat(MEMBERS).containsAll(said.object(kind).values().keySet());
    }
    out.toString().lines().forEach(each -> assertThat(JsonFields.read(each)).isNotNull());
  }
}
