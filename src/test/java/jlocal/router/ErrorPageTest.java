package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import jlocal.ansi.AnsiHtml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error response, in the form that the client accepts. */
class ErrorPageTest {
  private static final BackendSet.Status CRASHED =
      new BackendSet.Status(new Backend(Stage.web(1), 5000), BackendState.CRASHED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html,application/xhtml+xml,*/*;q=0.8 | HTML
          application/json, text/plain, */*         | JSON
          application/vnd.api+json                  | JSON
          text/html, application/json               | HTML
          application/json, text/html               | JSON
          json                                      | JSON
          */*                                       | TEXT
          text/plain                                | TEXT
          """)
  void the_client_chooses_the_form(String accept, ErrorPage.Form form) {
    assertThat(ErrorPage.Form.of(accept)).isEqualTo(form);
  }

  @Test
  void without_an_accept_field_the_form_is_text() {
    assertThat(ErrorPage.Form.of(null)).isEqualTo(ErrorPage.Form.TEXT);
  }

  @Test
  void a_crash_is_shown_with_its_last_lines_escaped_and_in_colour() {
    var page = new ErrorPage(RouterError.H10, CRASHED, List.of("\033[31m<b>\033[0m &c"), "id");
    assertThat(page.in(ErrorPage.Form.HTML, ErrorPage.Pointer.NONE))
        .contains("<b>H10</b> App crashed", "web.1 crashed and is not running.")
        .contains("<pre><code><span class=\"f1\">&lt;b&gt;</span> &amp;c</code></pre>")
        .contains("<meta http-equiv=refresh content=2>")
        .doesNotContain("<script", "\033");
  }

  @Test
  void json_is_json() {
    var page = new ErrorPage(RouterError.H10, CRASHED, List.of("a \"b\" \\ \033"), "id");
    assertThat(page.in(ErrorPage.Form.JSON, ErrorPage.Pointer.NONE))
        .isEqualTo(
            "{\"error\":{\"code\":\"H10\",\"desc\":\"App crashed\",\"message\":\"web.1 crashed and"
                + " is not running.\",\"dyno\":\"web.1\",\"request_id\":\"id\",\"last_lines\":[\"a"
                + " \\\"b\\\" \\\\ \\u001b\"]}}\n");
  }

  @Test
  void each_error_says_what_happened_to_which_instance() {
    var wrong = new BackendSet.Status(CRASHED.backend(), BackendState.STARTING, 3000);

    assertThat(new ErrorPage(RouterError.H14, null, List.of(), "id").message())
        .isEqualTo("No process of this type is running.");
    assertThat(new ErrorPage(RouterError.H12, CRASHED, List.of(), "id").message())
        .isEqualTo("The app accepted the request but did not respond in time. (web.1, port 5000)");
    assertThat(new ErrorPage(RouterError.H21, CRASHED, List.of(), "id").message())
        .isEqualTo("web.1 refuses connections on port 5000.");
    assertThat(new ErrorPage(RouterError.H20, wrong, List.of(), "id").message())
        .isEqualTo("web.1 listens on port 3000, but its PORT is 5000: let it listen on $PORT.");
  }

  @Test
  void the_page_of_a_permanent_error_does_not_reload() {
    var page = new ErrorPage(RouterError.H12, CRASHED, List.of(), "id");
    assertThat(page.in(ErrorPage.Form.HTML, ErrorPage.Pointer.NONE))
        .doesNotContain("refresh", "reloads", "<pre>");
  }

  @Test
  void a_browser_gets_the_page_with_a_policy_that_runs_nothing() throws IOException {
    try (var stage = Stage.empty()) {
      stage.set(1, 1, BackendState.CRASHED);
      assertThat(stage.get("/", "Accept: text/html"))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .contains("Content-Type: text/html; charset=utf-8\r\n", "Retry-After: 2\r\n")
          .contains("Content-Security-Policy: default-src 'none'")
          .contains("<pre><code><span class=\"f1\">boom</span> &lt;web.1&gt;</code></pre>");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain                  | plain
          @[1;32mok@[m           | <span class="bold f2">ok</span>
          @[31ma@[32mb           | <span class="f1">a</span><span class="f2">b</span>
          @[38;5;9ma@[39mb       | <span class="f9">a</span>b
          @[38;2;1;2;3ma         | a
          @[2Ja@[10;10Hb         | ab
          @]0;title              | ''
          @[99999ma              | a
          """)
  void colours_become_classes_and_other_control_goes(String line, String html) {
    assertThat(AnsiHtml.of(line.replace('@', '\033'))).isEqualTo(html);
  }

  @ParameterizedTest
  @CsvSource({"text/html", "application/json", "text/plain"})
  void a_host_that_may_be_rebound_gets_only_the_code(String accept) throws IOException {
    try (var stage = Stage.empty().set(1, 5000, BackendState.CRASHED)) {
      String foreign = answer(stage, "evil.example:" + stage.port(), accept);
      assertThat(foreign).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nH10 App crashed\n");
      assertThat(foreign).doesNotContain("boom", "web.1", "5000");
      assertThat(answer(stage, "localhost:" + stage.port(), accept)).contains("web.1");
    }
  }

  private static String answer(Stage stage, String host, String accept) throws IOException {
    try (var wire = new Wire(stage.port())) {
      return wire.send("GET / HTTP/1.1\r\nHost: " + host + "\r\nAccept: " + accept + "\r\n\r\n")
          .response();
    }
  }
}
