package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jlocal.json.JsonReader;
import jlocal.json.JsonValue;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;
import jlocal.json.JsonValue.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output of every command with {@code --json} matches docs/schema. */
@Execution(ExecutionMode.CONCURRENT)
class JsonIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private static @Nullable JsonValue member(JsonValue object, String name) {
    if (!(object instanceof JsonObject(var members))) return null;
    return members.stream()
        .filter(it -> it.name().equals(name))
        .map(Member::value)
        .findFirst()
        .orElse(null);
  }

  private static List<String> texts(@Nullable JsonValue array) {
    if (!(array instanceof JsonArray(var items))) return List.of();
    return items.stream().map(it -> ((JsonString) it).text()).toList();
  }

  /** Validates a value by the keywords that docs/schema uses. */
  private static List<String> problems(JsonValue value, JsonValue schema, String at) {
    var problems = new ArrayList<String>();
    JsonValue type = member(schema, "type");
    if (type instanceof JsonString(var name, _) && !name.equals(type(value, name))) {
      return List.of(at + " is no " + name);
    }
    List<String> words = texts(member(schema, "enum"));
    if (!words.isEmpty() && !(value instanceof JsonString(var text, _) && words.contains(text))) {
      problems.add(at + " is not one of " + words);
    }
    if (value instanceof JsonArray(var items)
        && member(schema, "items") instanceof JsonObject each) {
      items.forEach(item -> problems.addAll(problems(item, each, at + "[]")));
    }
    if (value instanceof JsonObject(var members)) {
      for (String name : texts(member(schema, "required"))) {
        if (member(value, name) == null) problems.add(at + "." + name + " is missing");
      }
      JsonValue known = member(schema, "properties");
      for (Member it : members) {
        JsonValue rule = known == null ? null : member(known, it.name());
        if (rule == null) rule = member(schema, "additionalProperties");
        if (rule instanceof JsonLiteral) problems.add(at + "." + it.name() + " is not described");
        else if (rule != null) problems.addAll(problems(it.value(), rule, at + "." + it.name()));
      }
    }
    return problems;
  }

  private static String type(JsonValue value, String wanted) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case JsonString _ -> "string";
      case JsonLiteral(var text, _) when text.matches("true|false") -> "boolean";
      case JsonLiteral(var text, _) when text.matches("-?[0-9]+") ->
          wanted.equals("number") ? "number" : "integer";
      case JsonLiteral _ -> "number";
    };
  }

  static void follows(String line, String schema) throws Exception {
    JsonValue rules = JsonReader.read(Files.readString(Path.of("docs/schema", schema + ".json")));
    assertThat(problems(JsonReader.read(line), rules, schema)).as(line).isEmpty();
  }

  /** Runs a command; its output must match this schema, its errors the schema of errors. */
  private Finished json(int status, String schema, String... command) throws Exception {
    Finished done = sandbox.run(command);
    assertThat(done.status()).as("%s%s", done.out(), done.err()).isEqualTo(status);
    if (schema.isEmpty()) assertThat(done.out()).isEmpty();
    else assertThat(done.out().lines()).as(done.out()).hasSize(1);
    if (!schema.isEmpty()) follows(done.out(), schema);
    for (String line : done.err().lines().toList()) follows(line, "error");
    assertThat(done.err().contains("{\"error\"")).as(done.err()).isEqualTo(status != 0);
    return done;
  }

  @Test
  void what_a_running_app_answers_is_as_described() throws Exception {
    sandbox.given(
        "Procfile",
        """
        web: exec python3 -m http.server $PORT --bind 127.0.0.1
        bad: echo why; exit 3
        ok: exec sleep 1000
        """);
    sandbox.given(".env", "KEY=value\n");
    Running run =
        sandbox
            .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", "0", "--restart", "never")
            .until("web.1 is up")
            .until("ok.1 is up")
            .until("bad.1 exited");

    Finished ps = json(0, "ps", "ps", "--json");
    assertThat(ps.out())
        .contains("\"open_ports\":[" + sandbox.port() + "],\"url\":\"http://localhost:")
        .contains("\"last_exit\":\"exited with code 3\"", "\"last_lines\":[\"why\"]");
    json(0, "ls", "ls", "--json");
    json(0, "wait", "wait", "ok", "--json");
    json(1, "wait", "wait", "bad", "--json");
    json(124, "wait", "wait", "ok", "--for", "stop", "--timeout", "0.1", "--json");
    json(0, "scale", "scale", "--json");
    json(0, "done", "scale", "ok=2", "--json");
    json(0, "done", "restart", "ok", "--json");
    json(1, "done", "restart", "bad", "--json");
    json(0, "done", "start", "ok", "--json");
    json(0, "done", "start", "--if-not-running", "--detach", "--json");
    json(2, "", "start", "--json");
    json(0, "done", "reload", "--json");
    json(2, "", "stop", "okk", "--json");
    for (String line : sandbox.run("logs", "--json").out().lines().toList()) {
      follows(line, "log-line");
    }
    json(0, "done", "stop", "--json");
    run.end();
  }

  @ParameterizedTest
  @CsvSource({
    "check, check, 0",
    "config, config, 0",
    "version, done, 0",
    "ls, ls, 0",
    "config:get KEY, done, 0",
    "config:set KEY=other, done, 0",
    "releases, done, 0",
    "init --yes, done, 0",
    "agents, done, 0",
    "ps, '', 69",
    "restart, '', 69",
    "logs, '', 69",
    "open, '', 69",
    "wait, '', 69",
    "ps --unknown, '', 2",
    "config -s, '', 2",
    "check -f None, '', 2"
  })
  void what_is_said_without_an_app_is_as_described(String words, String schema, int status)
      throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\n").given(".env", "KEY=value\n");

    Finished done = json(status, schema, (words + " --json").split(" "));

    if (status == 69) assertThat(done.err()).contains("\"code\":\"not_running\"", "\"hint\":");
  }

  @Test
  void an_error_has_its_file_and_line() throws Exception {
    sandbox.given("Procfile", "ok exec sleep\n");

    assertThat(json(2, "", "check", "--json").err())
        .contains(
            "{\"error\":{\"code\":\"usage\",\"message\":", "\"file\":\"Procfile\",\"line\":1");
  }

  @Test
  void the_log_of_an_app_in_the_foreground_is_lines_of_JSON() throws Exception {
    sandbox.given("Procfile", "ok: echo hello\n");

    Finished done = sandbox.start("--json").end();

    assertThat(done.out()).contains("\"text\":\"hello\"");
    for (String line : done.out().lines().toList()) follows(line, "log-line");
  }

  @Test
  void every_schema_is_JSON_and_says_what_it_is_of() throws IOException {
    try (var files = Files.list(Path.of("docs/schema"))) {
      assertThat(files)
          .allSatisfy(file -> {
            JsonValue schema = JsonReader.read(Files.readString(file));
            assertThat(member(schema, "description")).isNotNull();
            assertThat(member(schema, "$schema")).isNotNull();
          });
    }
  }
}
