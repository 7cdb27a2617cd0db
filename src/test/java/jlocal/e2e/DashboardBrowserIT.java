package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import jlocal.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page of a running app, in Chromium. */
class DashboardBrowserIT {
  private static final String ECHO =
      """
      import http.server, os
      class Echo(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              body = ('cookie: ' + str(self.headers.get('Cookie')) + ' ' + os.environ['DYNO']).encode()
              self.send_response(404 if 'missing' in self.path else 200)
              self.send_header('Content-Type', 'text/html')
              self.send_header('Set-Cookie', 'visit=secret-of-the-app')
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def log_message(self, *arguments):
              pass
      http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Echo).serve_forever()
      """;

  private static Chromium browser;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String last = "";

  @BeforeAll
  static void start() {
    browser = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (browser != null) browser.close();
  }

  @AfterEach
  void end() {
    browser.open("about:blank");
    said("stop");
  }

  private String said(String... arguments) {
    try {
      last = sandbox.run(arguments).out();
    } catch (IOException e) {
      last = e.toString();
    }
    return last.strip();
  }

  /** Starts the app with this Procfile, and shows its page. */
  private Running open(String procfile, String... options) throws IOException {
    sandbox.given("Procfile", procfile);
    sandbox.given("echo.py", ECHO);
    Running running = sandbox.start(options).until("is up");
    browser.size(1440, 900).open(link()).until("#rows", "up");
    return running;
  }

  private String link() {
    Await.until("a link", () -> said("dashboard", "--no-open").startsWith("http:"), () -> last);
    return last.strip();
  }

  @Test
  void the_log_comes_and_is_filtered() throws Exception {
    open(
        "one: echo '<img src=x onerror=document.title=1> \033]0;title\007\033[31mred\033[0m'; echo"
            + " first; exec sleep 1000\n"
            + "two: n=0; while true; do n=$((n+1)); echo \"job $n\"; sleep 0.3; done\n");
    assertThat(browser.address()).doesNotContain("login", "t=");
    browser.until("#lines", "job 3").until("#lines", "<img src=x onerror=document.title=1> red");
    assertThat(browser.value("document.querySelectorAll('#lines img').length")).isEqualTo("0");
    assertThat(browser.text("#lines .f1")).isEqualTo("red");

    browser.keys("/").keys("FIRST").until("#matches", "1 found");
    browser.untilTrue("document.querySelectorAll('#lines .line').length === 1");
    assertThat(browser.address()).contains("q=FIRST");
    browser.open(browser.address().replace("q=FIRST", "q=job+%5B12%5D%24&regex=1"));
    browser.until("#matches", "2 found");
    browser.open(browser.address().replaceFirst("#.*", "#show=one"));
    browser
        .until("#lines", "first")
        .untilTrue("!document.querySelector('#lines').innerText.includes('job')");
  }

  @Test
  void a_process_is_restarted_stopped_started_and_scaled() throws Exception {
    Running running = open("one: echo hello; exec sleep 1000\ntwo: exec sleep 1000\n");
    browser.click("[aria-label=\"restart one.1\"]");
    running.until("one.1 terminated by SIGTERM").until("one.1 is up", 2);
    browser.untilTrue("document.querySelector('#rows tr').innerText.match(/0\\s+1\\s/) !== null");
    browser.click("[aria-label=\"stop two.1\"]").until("#rows .is-down", "two.1");
    browser.click("[aria-label=\"start two.1\"]");
    browser.untilTrue("document.querySelectorAll('#rows .is-up').length === 2");
    browser.click("[aria-label=\"one more of one\"]").until("#rows", "one.2");
    browser.click("[aria-label=\"one fewer of one\"]");
    browser.untilTrue("!document.querySelector('#rows').innerText.includes('one.2')");
  }

  @Test
  void a_crash_is_shown_with_its_last_lines_and_its_return() throws Exception {
    open(
        """
        one: echo about to fail; sleep 2; test -e fixed || exit 3; exec sleep 1000
        two: exec sleep 1000
        """,
        "--restart",
        "never");
    browser.until("#rows .is-crashed", "one.1").click("#rows .name");
    browser.until("#detail", "exited with code 3").until("#detail", "about to fail");
    browser.until("#detail", "one: echo about to fail").until("#detail", "code 3 after");
    sandbox.given("fixed", "");
    browser.click("[aria-label=\"restart one.1\"]").until("#rows .is-up", "one.1");
  }

  @Test
  void requests_are_listed_sent_again_and_keep_their_secrets() throws Exception {
    sandbox.given("Procfile", "web: exec python3 echo.py\n").given("echo.py", ECHO);
    String port = "" + (sandbox.port() + 1);
    String router = "http://localhost:" + port;
    sandbox
        .jlocal("start", "-p", "" + (sandbox.port() + 2), "--proxy-port", port, "--inspect")
        .until("web.1 is up");
    browser.size(1440, 900).open(link()).until("#rows", "up");
    String page = browser.address();

    browser.open(router + "/hello?name=value").until("body", "cookie: None");
    browser.open(router + "/missing").until("body", "visit=secret-of-the-app");
    assertThat(browser.text("body"))
        .as("the cookie of the page is not sent")
        .doesNotContain("jlocal");
    assertThat(browser.value("document.cookie")).doesNotContain("jlocal");
    String fetched = "fetch('" + page + "').then(() => 'read', () => 'refused')";
    assertThat(browser.value(fetched)).isEqualTo("refused");

    browser.open(page + "#view=requests");
    browser.until("#request-rows", "/hello?name=value").until("#request-rows", "404");
    browser.click("#request-rows .name").until("#request", "Set-Cookie").until("#request", "web.1");
    String fields =
        "[...document.querySelectorAll('#request .fields')].map(it => it.innerText).join()";
    assertThat(browser.value(fields)).doesNotContain("secret-of-the-app");
    browser.click("#request .mask").untilTrue(fields + ".includes('secret-of-the-app')");
    browser.untilTrue(
        "[...document.querySelectorAll('#request button')].some(it => it.innerText === 'Replay')");
    browser.value(
        "[...document.querySelectorAll('#request button')].find(it => it.innerText ==="
            + " 'Replay').click()");
    browser.until(".compared", "Before").until(".compared", "Again").until(".compared", "Body");
  }

  @Test
  void apps_have_their_names_and_the_one_that_lists_them_can_still_be_reached() throws Exception {
    String port = "" + (sandbox.port() + 1);
    String name = ".localhost:" + port;
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT --bind 127.0.0.1\n");
    sandbox
        .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", port, "--names-port", port)
        .until("also on http://");
    browser.size(1440, 900).open(link()).until("#address", name);
    browser.click("#tab-apps").until("#app-rows", name);
    sandbox.run("ls");
    assertThat(sandbox.run("ps").status()).isZero();
  }

  @Test
  void config_vars_are_masked_until_one_is_asked_for() throws Exception {
    sandbox.given(".env", "FIRST=one-secret\nSECOND=other-secret\n");
    open("one: exec sleep 1000\n");
    browser.click("#tab-config").until("#config-rows", "FIRST").until("#config-rows", ".env:2");
    assertThat(browser.value("document.documentElement.innerHTML")).doesNotContain("-secret");
    browser.click("#config-rows .mask").until("#config-rows", "one-secret");
    assertThat(browser.text("#config-rows")).doesNotContain("other-secret");
  }

  @Test
  void all_of_it_works_by_the_keyboard() throws Exception {
    Running running = open("one: exec sleep 1000\ntwo: exec sleep 1000\n");
    browser.keys("?").untilTrue("document.querySelector('#help').open");
    browser.keys(Keys.ESCAPE).untilTrue("!document.querySelector('#help').open");
    browser.keys("j", "j").until("#detail", "two.1");
    assertThat(browser.address()).contains("process=two.1");
    browser.keys("r");
    running.until("two.1 terminated by SIGTERM").until("two.1 is up", 2);
    browser.keys("+").until("#rows", "two.2");
    browser.keys("k").until("#detail", "one.1").keys("s").until("#rows .is-down", "one.1");
    browser.keys(Keys.ENTER).untilTrue("location.hash.includes('show=one.1')");
    browser.keys("3").untilTrue("!document.querySelector('#charts').hidden");
    browser
        .keys("6")
        .untilTrue("!document.querySelector('#apps').hidden"); // Without mail, the last.
    browser.keys("/").untilTrue("document.activeElement.id === 'query'");
  }

  @Test
  void a_screen_reader_can_use_it_in_any_width_and_colour_scheme() throws Exception {
    sandbox.given(".env", "KEY=value\n");
    open(
        "one: echo '\033[32mgreen\033[0m'; exec sleep 1000\ntwo: sleep 1; exit 1\n",
        "--restart",
        "never");
    browser.until("#lines", "green").click("#rows .name");
    for (int width : List.of(1440, 360)) {
      String scheme = width == 360 ? "dark" : "light";
      browser.size(width, 900).scheme(scheme);
      for (String view : List.of("log", "requests", "charts", "config", "apps")) {
        browser.click("#tab-" + view);
        String where = view + ", " + width + " pixels, " + scheme;
        assertThat(browser.seriousFindings()).as(where).isEmpty();
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
            .as(where)
            .isEqualTo("true");
      }
    }
  }
}
