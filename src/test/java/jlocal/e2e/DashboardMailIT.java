package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jlocal.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Add-ons and mail on the page of a running app, in Chromium. */
class DashboardMailIT {
  /** Each element would request something of the web process, or run a script, if not prevented. */
  private static final String HOSTILE =
      """
      import email.message, os, smtplib
      there = 'http://127.0.0.1:' + os.environ['WEB'] + '/tracked'
      message = email.message.EmailMessage()
      message['Subject'] = '<img src=x onerror=document.title=1>'
      message['From'] = 'shop@example.com'
      message.set_content('only text')
      message.add_alternative(f'''<html><head>
        <meta http-equiv=refresh content="0;url={there}?refresh"><base href="{there}?base">
        <link rel=stylesheet href="{there}?link"><link rel=preconnect href="{there}">
        <style>@import url("{there}?import"); b {{ background: url("{there}?background") }}
          @font-face {{ font-family: f; src: url("{there}?font") }} b {{ font-family: f; color: rgb(1, 2, 3) }}</style>
        <script>fetch("{there}?script"); top.document.title = "taken"</script></head>
        <body onload="fetch('{there}?onload')"><b>shown</b> <a href="{there}?link">confirm</a>
        <img src="{there}?image" onerror="fetch('{there}?onerror')"><img srcset="{there}?srcset">
        <iframe src="{there}?iframe"></iframe><object data="{there}?object"></object>
        <video src="{there}?video" autoplay></video><svg><image href="{there}?svg"/></svg>
        <form action="{there}?form"><input autofocus onfocus="form.submit()"></form></body></html>''', subtype='html')
      message.add_attachment(b'%PDF', maintype='application', subtype='pdf', filename='../Rechnung M\\u00e4rz.pdf')
      message.add_attachment('<script>alert(1)</script>', subtype='html', filename='page.html')
      with smtplib.SMTP(os.environ['SMTP_HOST'], int(os.environ['SMTP_PORT'])) as server:
          server.login(os.environ['SMTP_USERNAME'], os.environ['SMTP_PASSWORD'])
          server.send_message(message, to_addrs=['hidden@example.com'])
      """;

  private static Chromium browser;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeAll
  static void start() {
    browser = new Chromium();
  }

  @AfterAll
  static void quit() {
    if (browser != null) browser.close();
  }

  @AfterEach
  void end() throws IOException {
    browser.open("about:blank");
    sandbox.run("stop");
  }

  private void send() throws IOException {
    Finished sent = sandbox.run("run", "WEB=" + sandbox.port() + " python3 send.py");
    assertThat(sent).as("%s", sent).returns(0, Finished::status);
  }

  @Test
  void mail_appears_and_its_html_does_nothing_but_look_like_it() throws Exception {
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT\n").given("send.py", HOSTILE);
    sandbox.run("addons:create", "mail");
    Running running = sandbox.start().until("web.1 is up");
    String link = sandbox.run("addons:open", "mail").out().replaceFirst("opening ", "").strip();
    browser.size(1440, 900).open(link).until("#mail", "No mail has come yet");
    send();
    browser.until("#tab-mail", "Mail (1)").until("#mail-rows", "hidden@example.com");
    browser.until("#mail-rows", "<img src=x onerror=document.title=1>");
    browser.click("#mail-rows .name").until("#message", "shop@example.com");
    assertThat(browser.frame("#message iframe", "b")).isEqualTo("shown rgba(1, 2, 3, 1)");
    assertThat(browser.value("document.title")).isEqualTo("app · jlocal");

    Path folder = Files.createDirectory(sandbox.root().resolve("downloads"));
    browser.downloadsTo(folder).click("#message a[href^=attachment]");
    Path file = folder.resolve("Rechnung März.pdf");
    // Chromium reserves the name with an empty file before it moves the whole file there.
    Await.until(
        "the attachment", () -> file.toFile().length() > 0, () -> List.of(folder.toFile().list()));
    assertThat(file).hasContent("%PDF");
    String id = "new URLSearchParams(location.hash.slice(1)).get('message')";
    String type = "fetch('%s?about=' + %s + '%s').then(it => it.headers.get('%s'))";
    assertThat(browser.value(type.formatted("attachment", id, ".3", "Content-Type")))
        .isEqualTo("application/octet-stream");
    assertThat(browser.value(type.formatted("html", id, "", "Content-Security-Policy")))
        .contains("sandbox allow-popups", "default-src 'none'")
        .doesNotContain("allow-scripts", "allow-same-origin", "allow-top-navigation");

    browser.click("#mail-clear").until("#mail", "No mail has come yet");
    // What the web process has been asked until now is in its log when this is.
    browser.open("http://127.0.0.1:" + sandbox.port() + "/control");
    assertThat(running.until("GET /control").out()).doesNotContain("/tracked");
    running.stop();
  }

  @Test
  void add_ons_are_listed_for_everybody_who_may_see_the_page() throws Exception {
    sandbox.given("Procfile", "worker: exec sleep 1000\n").given("send.py", HOSTILE);
    sandbox.run("addons:create", "mail");
    sandbox.start().until("worker.1 is up");
    send();
    String link = sandbox.run("dashboard", "--no-open").out().strip();
    browser.size(1440, 900).scheme("light").open(link).until("#tab-mail", "Mail (1)");
    browser.click("#tab-addons").until("#addon-rows .is-up", "mailtrap");
    assertThat(browser.text("#addon-rows")).contains("SMTP_URL=smtp://app:********@127.0.0.1:");
    browser.click("#tab-mail").click("#mail-rows .name").until("#message", "page.html");
    for (int width : List.of(1440, 360)) {
      browser.size(width, 900).scheme(width == 360 ? "dark" : "light");
      for (String view : List.of("addons", "mail")) {
        browser.click("#tab-" + view);
        assertThat(browser.seriousFindings()).as(view + ", " + width).isEmpty();
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
            .as(view + ", " + width)
            .isEqualTo("true");
      }
    }
  }
}
