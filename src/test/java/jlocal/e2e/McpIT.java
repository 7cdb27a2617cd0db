package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jlocal.json.JsonFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An app controlled by {@code jlocal mcp}, and its replies to agents. */
@Execution(ExecutionMode.CONCURRENT)
class McpIT {
  private static final String APP =
      """
      ok: exec sleep 1000
      worker: [ -e fixed ] || { echo fixed is missing; exit 3; }; exec sleep 1000
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** Returns the replies to calls without arguments, by tool; nothing else is on stdout. */
  private List<JsonFields> call(String options, String... tools) throws IOException {
    var lines = new StringBuilder();
    for (String tool : tools) {
      lines.append(
          "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}\n"
              .formatted(tool, tool));
    }
    sandbox.given("calls", lines.toString());
    Finished served = sandbox.shell("jlocal mcp " + options + " <calls").end();
    assertThat(served.status()).as(served.err()).isZero();
    assertThat(served.err()).isEmpty();
    return served.out().lines().map(JsonFields::read).toList();
  }

  private static String text(List<JsonFields> answers, String tool) {
    return answers.stream()
        .filter(it -> it.text("id").equals(tool))
        .flatMap(it -> it.object("result").objects("content").stream())
        .map(it -> it.text("text"))
        .collect(Collectors.joining());
  }

  @Test
  void a_crash_is_seen_by_status_and_logs() throws Exception {
    sandbox.given("Procfile", APP).given(".env", "SECRET=value\n");
    Running run =
        sandbox.start("--restart", "never").until("exited with code 3").until("ok.1 is up");

    var answers = call("--read-only", "status", "logs", "config_names", "check");

    assertThat(text(answers, "status"))
        .contains("\"name\":\"ok.1\"", "\"last_exit\":\"exited with code 3\"");
    assertThat(text(answers, "logs")).contains("worker.1 | fixed is missing");
    assertThat(text(answers, "config_names")).isEqualTo("SECRET");
    run.stop();
  }

  @Test
  void it_starts_an_app_only_if_that_is_allowed() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\n").variable("PORT", "" + sandbox.port());

    assertThat(text(call("", "start"), "start")).contains("may not start it");
    assertThat(text(call("--allow-start", "start"), "start")).contains("one.1 is up");
    assertThat(text(call("", "start"), "start")).contains("already running");
    assertThat(text(call("", "stop"), "stop")).contains("the app has ended");
  }

  @Test
  void a_second_start_does_nothing_if_not_running_is_asked_for() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\n");
    Running run = sandbox.start().until("one.1 is up");

    Finished second = sandbox.run("start", "--if-not-running");
    assertThat(second.status()).isZero();
    assertThat(second.out()).contains("already running (pid " + run.pid() + ")");
    assertThat(sandbox.run("start", "--detach", "--if-not-running").status()).isZero();
    assertThat(sandbox.run("start", "--detach").status()).isEqualTo(2);
    assertThat(sandbox.run("start", "--detach", "one").out()).contains("one.1 is up");
    run.stop();
  }

  @Test
  void an_official_client_works_a_crash_to_its_end() throws Exception {
    String sdk = System.getenv("MCP_SDK");
    assumeTrue(sdk != null, "MCP_SDK names no folder with an official client: see the script");
    sandbox.given("Procfile", APP).given(".env", "SECRET=value\n");
    Running run =
        sandbox.start("--restart", "never").until("exited with code 3").until("ok.1 is up");

    Path script = Path.of("scripts/bench/mcp-client.mjs").toAbsolutePath();
    var client =
        sandbox.shell("MCP_SDK='%s' node '%s' '%s' .".formatted(sdk, script, sandbox.launcher()));

    assertThat(client.end().out()).endsWith("done\n");
    run.stop();
  }

  @Test
  void the_files_for_agents_are_written_once() throws Exception {
    sandbox
        .given("Procfile", "one: exec sleep 1000\n")
        .given("AGENTS.md", "# Rules\n")
        .given(".vscode/mcp.json", "{}\n");

    assertThat(sandbox.run("agents").out()).contains("AGENTS.md", ".mcp.json", "config.toml");
    assertThat(sandbox.run("agents", "--write").status()).isEqualTo(2);
    Finished written = sandbox.run("agents", "--write", "--yes");
    assertThat(written.out()).contains("wrote AGENTS.md", "wrote .mcp.json");
    assertThat(sandbox.file("AGENTS.md")).startsWith("# Rules\n\n## Running this app");
    assertThat(sandbox.file(".vscode/mcp.json")).isEqualTo("{}\n");
    assertThat(sandbox.file(".mcp.json")).contains("\"args\": [\"mcp\"]");
    assertThat(sandbox.run("agents", "--write", "--yes").out()).contains("nothing is missing");
  }
}
