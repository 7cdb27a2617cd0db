package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.terminal.When;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;

  private void given(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private StartOptions start(String args, Map<String, String> environment) throws UserError {
    return Typed.start(args, environment, folder).options();
  }

  private List<String> problems(Map<String, String> environment) {
    return problems("", environment);
  }

  private List<String> problems(String args, Map<String, String> environment) {
    try {
      return shown(Typed.start(args, environment, folder).warnings());
    } catch (UserError error) {
      return shown(error.problems());
    }
  }

  private List<String> shown(List<Problem> problems) {
    return problems.stream().map(problem -> problem.toString().replace(folder + "/", "")).toList();
  }

  @Test
  void the_command_line_stands_above_the_environment_and_that_above_the_file() throws Exception {
    given(".jlocal", "proxy-port: 1\n");
    var environment = Map.of("JLOCAL_PROXY_PORT", "2");
    assertThat(start("--proxy-port 3", environment).request().router().port().value()).isEqualTo(3);
    assertThat(start("", environment).request().router().port().value()).isEqualTo(2);
    assertThat(start("", Map.of()).request().router().port().value()).isEqualTo(1);
    assertThat(start("", Map.of("JLOCAL_PROXY_PORT", "")).request().router().port().value())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "port: 3000",
        "port:   3000   # as always",
        "port=3000",
        "port = 3000",
        "port: '3000'",
        "port: \"3000\" # as always",
        "PORT: 3000",
        "# port: 1\\n\\n---\\nport: 1\\nport: 3000\\r\\n"
      })
  void a_line_of_the_file_is_a_setting(String text) throws Exception {
    given(".jlocal", text.replace("\\n", "\n").replace("\\r", "\r"));
    assertThat(start("", Map.of()).request().ports().base().value()).isEqualTo(3000);
    assertThat(start("", Map.of()).request().ports().strict()).isTrue();
  }

  @Test
  void underscores_opposites_and_aliases_are_understood() throws Exception {
    given(".jlocal", "strict_port: yes\nshell: dash\nno-color: true\nscale: web=2\nprefix: off\n");
    var options = start("", Map.of());
    assertThat(options.request().ports().strict()).isTrue();
    assertThat(options.request().shell()).isEqualTo(Path.of("dash"));
    assertThat(options.values().<When>get("--color")).isEqualTo(When.NEVER);
    assertThat(options.values().is("--prefix")).isFalse();
    assertThat(options.request().scale().counts()).hasToString("{web=2}");
  }

  @Test
  void a_shell_without_a_slash_is_looked_up_in_path() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path myshell = Files.createFile(bin.resolve("myshell"));
    assertThat(myshell.toFile().setExecutable(true)).isTrue();
    var environment = Map.of("PATH", "/nowhere:" + bin);
    assertThat(start("--shell myshell", environment).request().shell()).isEqualTo(myshell);
    assertThat(start("--shell ./myshell", environment).request().shell())
        .isEqualTo(folder.resolve("./myshell"));
    assertThat(start("--shell other", environment).request().shell()).isEqualTo(Path.of("other"));
  }

  @Test
  void the_environment_has_every_setting() throws Exception {
    var environment =
        Map.of(
            "JLOCAL_PROCFILE", "P",
            "JLOCAL_ENV", "a,b",
            "JLOCAL_NO_COLOR", "1",
            "JLOCAL_TIMESTAMP", "true",
            "JLOCAL", "1",
            "JLOCAL_CALLER_LC_ALL", "=C",
            "JLOCAL_EXPLAIN", "1");
    var options = start("", environment);
    assertThat(options.request().app().procfile()).isEqualTo(folder.resolve("P"));
    assertThat(options.request().app().envFiles())
        .containsExactly(folder.resolve("a"), folder.resolve("b"));
    assertThat(options.values().<When>get("--color")).isEqualTo(When.NEVER);
    assertThat(options.values().is("--timestamp")).isTrue();
  }

  @Test
  void a_foreman_file_is_read_where_there_is_no_other() throws Exception {
    given(
        ".foreman",
        """
        formation: web=2
        port: 3000
        env: a,b
        procfile: Q
        timeout: 9
        timestamp: false
        concurrency: web=3
        color: true
        app: shop
        user: me
        """);
    var options = start("", Map.of());
    assertThat(problems(Map.of())).isEmpty();
    assertThat(options.request().app().procfile()).isEqualTo(folder.resolve("Q"));
    assertThat(options.values().<Duration>get("--timeout")).hasSeconds(9);
    assertThat(options.values().<When>get("--color")).isEqualTo(When.ALWAYS);
    given(".jlocal", "port: 4000\n");
    assertThat(start("", Map.of()).request().ports().base().value()).isEqualTo(4000);
    assertThat(start("", Map.of()).values().<Duration>get("--timeout")).hasSeconds(5);
  }

  @ParameterizedTest
  @CsvSource({"-f sub/Procfile", "-d sub", "-f sub/Procfile -d ."})
  void the_file_lies_beside_the_procfile_and_its_paths_are_relative_to_it(String args)
      throws Exception {
    given(".jlocal", "env: wrong\n");
    given("sub/.jlocal", "env: right\n");
    assertThat(start(args, Map.of()).request().app().envFiles())
        .containsExactly(folder.resolve("sub/right"));
  }

  @Test
  void a_folder_of_that_name_is_no_settings_file() throws Exception {
    Files.createDirectory(folder.resolve(".jlocal"));
    assertThat(problems(Map.of())).isEmpty();
  }

  @Test
  void every_error_is_reported_with_its_place() throws Exception {
    given(".jlocal", "prot: 1\nzzzzzz: 1\nport: x\nwhat is this\nprefix: maybe\n  timeout: 1\n");
    assertThat(problems(Map.of("JLOCAL_RESTART", "nevr")))
        .containsExactlyInAnyOrder(
            ".jlocal:1: warning: unknown setting 'prot'; did you mean 'port'?",
            ".jlocal:2: warning: unknown setting 'zzzzzz'",
            ".jlocal:4: error: 'what is this' is not a setting, such as port: 5000",
            ".jlocal:6: error: 'timeout: 1' is not a setting, such as port: 5000",
            ".jlocal:3: error: port: 'x' is not a number from 1 to 65535",
            ".jlocal:5: error: prefix: 'maybe' is neither true nor false",
            "jlocal: error: JLOCAL_RESTART: 'nevr' is not one of never, on-crash, always;"
                + " did you mean 'never'?");
  }

  @Test
  void a_mistyped_variable_is_named_with_the_nearest() {
    var environment =
        Map.of(
            "JLOCAL_PROXYPORT", "9000",
            "JLOCAL_ZZZZZZ", "1",
            "JLOCAL_ID", "of the app that calls jlocal",
            "JLOCAL", "1",
            "JLOCAL_NO_COLOR", "1",
            "JLOCALE", "not ours");
    assertThat(problems(environment))
        .containsExactly(
            "jlocal: warning: JLOCAL_PROXYPORT: unknown setting; did you mean 'JLOCAL_PROXY_PORT'?",
            "jlocal: warning: JLOCAL_ZZZZZZ: unknown setting");
  }

  @ParameterizedTest
  @CsvSource({"JLOCAL_HTTPS,8443", "JLOCAL_PROXY_PORT,8080", "JLOCAL_PORT,5000"})
  void a_port_of_a_variable_or_the_file_is_chosen_even_if_it_is_the_usual(String name, String port)
      throws Exception {
    var byVariable = start("", Map.of(name, port));
    given(".jlocal", name.substring(7).toLowerCase(Locale.ROOT) + ": " + port);
    for (var options : List.of(byVariable, start("", Map.of()))) {
      assertThat(
              options.request().router().httpsPort().isChosen()
                  || options.request().router().port().isChosen()
                  || options.request().ports().strict())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "--host 198.51.100.7     | '198.51.100.7' is not an address of this machine",
        "--host 224.0.0.1        | '224.0.0.1' is not an address of this machine",
        "--host 255.255.255.255  | '255.255.255.255' is not an address of this machine",
        "--host no-such.invalid  | 'no-such.invalid' is neither an address nor a known host name",
        "--host=                 | '' is neither an address nor a known host name"
      })
  void an_address_that_cannot_be_bound_is_refused(String args, String what) {
    assertThat(problems(args, Map.of())).containsExactly("jlocal: error: --host: " + what);
  }

  @Test
  void a_router_that_other_machines_reach_causes_a_warning_with_its_origin() throws Exception {
    String warning =
        "other machines can open the app, because the router listens on 0.0.0.0\n"
            + "   hint: for this machine only use --host localhost";
    assertThat(problems("--host 0.0.0.0", Map.of()))
        .containsExactly("jlocal: warning: --host: " + warning);
    assertThat(problems("--host 0.0.0.0 --no-proxy", Map.of()))
        .containsExactly("jlocal: warning: --host: has no effect without a router (--no-proxy)");
    given(".jlocal", "# the team's\nhost: 0.0.0.0\n");
    assertThat(problems(Map.of())).containsExactly(".jlocal:2: warning: host: " + warning);
    assertThat(problems("--no-proxy", Map.of())).isEmpty();
    assertThat(problems("--host 127.0.0.1", Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "--no-proxy --https          | error: --https: needs the router, but --no-proxy disables"
            + " it",
        "--no-proxy --https=8443     | error: --https: needs the router, but --no-proxy disables"
            + " it",
        "--no-proxy --proxy-port 80  | error: --proxy-port: needs the router, but --no-proxy"
            + " disables it",
        "--no-proxy --sticky         | warning: --sticky: has no effect without a router"
            + " (--no-proxy)",
        "--no-proxy --router-log full | warning: --router-log: has no effect without a router"
            + " (--no-proxy)",
        "--no-proxy --request-timeout 5 | warning: --request-timeout: has no effect without a"
            + " router (--no-proxy)"
      })
  void options_that_need_the_router_are_not_ignored_silently(String args, String problem) {
    assertThat(problems(args, Map.of())).containsExactly("jlocal: " + problem);
  }

  @Test
  void of_no_proxy_and_its_opposites_the_stronger_origin_counts() throws Exception {
    assertThat(problems("--no-proxy --no-https --no-router-log --no-sticky", Map.of())).isEmpty();
    given(".jlocal", "no-proxy: true\nsticky: true\n");
    assertThat(start("--https", Map.of()).request().router().enabled()).isTrue();
    assertThat(start("", Map.of("JLOCAL_PROXY_PORT", "9000")).request().router().enabled())
        .isTrue();
    assertThat(start("--no-proxy", Map.of("JLOCAL_HTTPS", "on")).request().router().enabled())
        .isFalse();
    assertThat(problems(Map.of()))
        .containsExactly(".jlocal:2: warning: sticky: has no effect without a router (--no-proxy)");
    given(".jlocal", "no-proxy: true\nhttps: 8443\n");
    assertThat(problems(Map.of()))
        .containsExactly(".jlocal:2: error: https: needs the router, but --no-proxy disables it");
  }

  @Test
  void a_file_that_is_no_text_is_an_error() throws Exception {
    Files.write(folder.resolve(".jlocal"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> start("", Map.of())).hasMessageContaining("not UTF-8");
  }

  @Test
  void explain_shows_each_setting_and_where_it_came_from() throws Exception {
    given(".jlocal", "formation: web=2\n");
    var said =
        Echo.say(List.of("start", "--explain", "-p", "3"), Map.of("JLOCAL_TIMEOUT", "2"), folder);
    assertThat(said.status()).isZero();
    assertThat(said.out().replace(folder + "/", ""))
        .containsPattern("(?m)^port +3 +command line$")
        .containsPattern("(?m)^timeout +2 +JLOCAL_TIMEOUT$")
        .containsPattern("(?m)^formation +web=2 +\\.jlocal:1$")
        .containsPattern("(?m)^restart +on-crash +default$")
        .containsPattern("(?m)^except +- +default$");
  }
}
