package jlocal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.mcp.McpServer.Printed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpServerTest {
  private final List<List<String>> called = new ArrayList<>();
  private Printed printed = new Printed(0, "[]", "");

  private List<JsonFields> serve(InputStream in, boolean readOnly) throws IOException {
    var out = new ByteArrayOutputStream();
    new McpServer(readOnly, "1", this::run, out).serve(in);
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonFields::read).toList();
  }

  private synchronized Printed run(List<String> words) {
    called.add(words);
    return printed;
  }

  private List<JsonFields> say(String... lines) throws IOException {
    return serve(bytes(String.join("\n", lines) + "\n"), false);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String request(Object id, String method, JsonFields params) {
    return JsonWriter.write(
        JsonFields.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
  }

  private static String call(Object id, String tool, Object... arguments) {
    return request(
        id, "tools/call", JsonFields.of("name", tool, "arguments", JsonFields.of(arguments)));
  }

  private static String stateless(Object id, String method, String version) {
    var meta = JsonFields.of("io.modelcontextprotocol/protocolVersion", version);
    return request(id, method, JsonFields.of("_meta", meta));
  }

  private String text(String request) throws IOException {
    JsonFields result = say(request).getFirst().object("result");
    return result.objects("content").getFirst().text("text");
  }

  private static long code(JsonFields answer) {
    return answer.object("error").whole("code");
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25,2025-11-25", "2024-11-05,2024-11-05", "2099-01-01,2025-11-25"})
  void initialize_agrees_on_a_version_that_both_know(String asked, String agreed)
      throws IOException {
    var answer = say(request(1, "initialize", JsonFields.of("protocolVersion", asked)));
    JsonFields result = answer.getFirst().object("result");
    assertThat(result.text("protocolVersion")).isEqualTo(agreed);
    assertThat(result.object("capabilities").has("tools")).isTrue();
    assertThat(result.object("serverInfo").text("name")).isEqualTo("jlocal");
  }

  @Test
  void a_client_of_the_stateless_protocol_needs_no_initialize() throws IOException {
    var answers =
        say(
            stateless("a", "server/discover", "2026-07-28"),
            stateless("b", "tools/list", "2026-07-28"),
            stateless("c", "tools/list", "1900-01-01"));
    JsonFields discovered = answers.getFirst().object("result");
    assertThat(discovered.text("resultType")).isEqualTo("complete");
    assertThat(discovered.texts("supportedVersions")).containsExactly("2026-07-28");
    assertThat(discovered.text("cacheScope")).isEqualTo("private");
    assertThat(answers.get(1).object("result").whole("ttlMs")).isPositive();
    assertThat(code(answers.get(2))).isEqualTo(-32022);
    assertThat(answers.get(2).object("error").object("data").texts("supported"))
        .contains("2026-07-28", "2025-11-25");
  }

  @Test
  void tools_say_what_they_do_and_those_that_change_something_can_be_left_out() throws IOException {
    var all = say(request(1, "tools/list", JsonFields.of())).getFirst().object("result");
    for (JsonFields tool : all.objects("tools")) {
      JsonFields hints = tool.object("annotations");
      boolean ends = List.of("restart", "stop", "scale").contains(tool.text("name"));
      assertThat(hints.flag("destructiveHint")).as(tool.text("name")).isEqualTo(ends);
      assertThat(hints.flag("readOnlyHint")).isEqualTo(!ends && !tool.text("name").equals("start"));
      assertThat(tool.object("inputSchema").text("type")).isEqualTo("object");
    }
    String list = request(1, "tools/list", JsonFields.of()) + "\n" + call(2, "stop") + "\n";
    var readOnly = serve(bytes(list), true);
    assertThat(readOnly.getFirst().object("result").objects("tools"))
        .extracting(tool -> tool.text("name"))
        .containsExactly("status", "logs", "requests", "wait", "config_names", "check");
    assertThat(code(readOnly.get(1))).isEqualTo(-32602);
  }

  @Test
  void a_call_is_a_command_line() throws IOException {
    say(call(1, "logs", "processes", List.of("web.1"), "grep", "a b", "count", 900, "run", 1));
    say(call(1, "wait", "processes", List.of("db"), "timeout", 5));
    say(call(1, "requests", "status", "5xx,404"));
    say(call(1, "scale", "changes", List.of("web=2")));
    assertThat(called)
        .contains(
            List.of("logs", "--no-color", "--num=200", "--run=1", "--grep=a b", "web.1"),
            List.of("wait", "--json", "--for=ready", "--timeout=5", "db"),
            List.of("requests", "--json", "--num=50", "--status=5xx,404"),
            List.of("scale", "web=2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--root=/", "-d", "web --help", "", "web\n", "../x"})
  void a_model_can_give_names_only_and_no_options(String name) throws IOException {
    assertThat(text(call(1, "stop", "processes", List.of(name)))).contains("must be a list");
    assertThat(text(call(1, "scale", "changes", List.of(name)))).contains("must be a list");
    assertThat(text(call(1, "logs", "since", name))).isNotEmpty();
    assertThat(called).noneMatch(words -> words.contains(name) && !name.isEmpty());
    assertThat(text(call(1, "stop", "force", true))).isEqualTo("there is no argument 'force'");
  }

  @Test
  void the_names_of_config_vars_are_told_and_no_value() throws IOException {
    printed = new Printed(0, "{\"KEY\":\"secret\",\"OTHER\":\"hidden\"}\n", "");
    assertThat(text(call(1, "config_names"))).isEqualTo("KEY\nOTHER");
  }

  @Test
  void an_answer_has_at_most_8_KB_and_says_how_to_get_more() throws IOException {
    String line = "ä".repeat(40);
    printed = new Printed(0, (line + "\n").repeat(500) + "the last", "");
    String log = text(call(1, "logs"));
    assertThat(log.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(7_000, 8_192);
    assertThat(log).startsWith("[cut: ").endsWith("\nthe last").contains("ask for fewer");
    printed = new Printed(0, "the first\n" + (line + "\n").repeat(500), "");
    String checked = text(call(1, "check"));
    assertThat(checked.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(7_000, 8_192);
    assertThat(checked).startsWith("the first\n").endsWith("]").contains("[cut: ");
    printed = new Printed(1, "x".repeat(100_000), "");
    assertThat(text(call(1, "check")).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(8_192);
  }

  @Test
  void the_output_of_a_failed_command_is_an_error_for_the_model() throws IOException {
    printed = new Printed(69, "", "jlocal: no app is running\n   hint: start it\n");
    JsonFields result = say(call(1, "status")).getFirst().object("result");
    assertThat(result.flag("isError")).isTrue();
    assertThat(result.objects("content").getFirst().text("text")).contains("hint: start it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense|-32700",
        "{\"id\":1,\"method\":|-32700",
        "[]|-32600",
        "{\"id\":1}|-32600",
        "{\"id\":null,\"method\":\"ping\"}|-32600",
        "{\"id\":1e400,\"method\":\"ping\"}|-32600",
        "{\"id\":{},\"method\":\"ping\"}|-32600",
        "{\"id\":1,\"method\":7}|-32600",
        "{\"id\":1,\"method\":\"ping\",\"params\":[]}|-32600",
        "{\"id\":1,\"method\":\"resources/list\"}|-32601",
        "{\"id\":1,\"method\":\"tools/call\"}|-32602",
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":[]}}|-32602",
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"check\",\"arguments\":7}}|-32602",
        "{\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":7}}|-32600",
      })
  void an_invalid_request_gets_an_error(String line, long code) throws IOException {
    var answers = say(line, request(2, "ping", JsonFields.of()));
    assertThat(answers).hasSize(2);
    assertThat(code(answers.getFirst())).isEqualTo(code);
    assertThat(answers.get(1).whole("id")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"notifications/initialized\"}",
        "{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":9}}",
        "{\"method\":\"unheard\",\"params\":{}}",
        "{\"id\":5,\"result\":{}}",
        "",
        "\r"
      })
  void a_notification_gets_no_response(String line) throws IOException {
    assertThat(say(line, request("x", "ping", JsonFields.of()))).hasSize(1);
  }

  @Test
  void garbage_split_anywhere_never_ends_it_and_each_request_is_answered() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var text = new ByteArrayOutputStream();
    int requests = 200;
    for (int i = 0; i < requests; i++) {
      byte[] garbage = new byte[random.nextInt(i == 7 ? 3_000_000 : 300)];
      random.nextBytes(garbage);
      text.write(garbage);
      text.write('\n');
      text.write(
          (request("r" + i, "ping", JsonFields.of()) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    var answers = serve(new Pieces(text.toByteArray(), random), false);
    assertThat(answers.stream().filter(it -> it.has("result")).map(it -> it.text("id")))
        .as("seed %d", seed)
        .hasSize(requests)
        .doesNotHaveDuplicates();
    answers.forEach(it -> assertThat(it.has("result") || it.has("error")).isTrue());
  }

  /** Returns a random number of bytes per read. */
  private static final class Pieces extends ByteArrayInputStream {
    private final Random random;

    Pieces(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
      return super.read(into, from, Math.min(length, 1 + random.nextInt(5_000)));
    }
  }

  @Test
  void a_cancelled_call_is_interrupted_and_not_answered() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    McpServer.Commands hangs =
        words -> {
          if (!words.getFirst().equals("check")) return printed;
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
          return printed;
        };
    String cancel =
        "{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"long\"}}\n";
    InputStream in =
        new java.io.SequenceInputStream(
            bytes(call("long", "check") + "\n"),
            new java.io.FilterInputStream(bytes(cancel + call("short", "stop") + "\n")) {
              @Override
              public int read(byte[] into, int from, int length) throws IOException {
                try {
                  begun.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                return super.read(into, from, length);
              }
            });
    var out = new ByteArrayOutputStream();
    new McpServer(false, "1", hangs, out).serve(in);
    interrupted.await();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .satisfies(line -> assertThat(JsonFields.read(line).text("id")).isEqualTo("short"));
  }

  @Test
  void the_text_for_models_has_less_than_60_lines() {
    assertThat(AgentFiles.skill().lines()).hasSizeLessThan(60);
  }
}
