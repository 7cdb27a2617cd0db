package jlocal.router;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer when the app gives none, in the form the client likes: a page for a browser, JSON for
 * a program that asks for it, else a sentence.
 *
 * @param about the instance to blame; null when there is none
 * @param lastWords its last lines, for a crash
 */
record FaultPage(Fault fault, @Nullable Standing about, List<String> lastWords, String requestId) {

  /** Seconds until a page looks again, and a program should. */
  static final int RETRY_SECONDS = 2;

  /** What a client can read. */
  enum Form {
    HTML("text/html; charset=utf-8"),
    JSON("application/json"),
    TEXT("text/plain; charset=utf-8");

    private final String contentType;

    Form(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }

    /** The form for an Accept field: the first one named, for only browsers name HTML first. */
    static Form of(@Nullable String accept) {
      if (accept == null) return TEXT;
      String wanted = accept.toLowerCase(Locale.ROOT);
      int html = wanted.indexOf("text/html");
      int json = wanted.indexOf("json");
      if (html >= 0 && (json < 0 || html < json)) return HTML;
      return json >= 0 ? JSON : TEXT;
    }
  }

  String in(Form form) {
    return switch (form) {
      case HTML -> html();
      case JSON -> json();
      case TEXT -> fault + " " + fault.desc() + ": " + sentence() + "\n";
    };
  }

  /** What happened to whom. */
  String sentence() {
    if (about == null) return fault.meaning();
    String who = about.backend().toString();
    int port = about.backend().port();
    if (about.listensOn() != 0) {
      return who
          + " listens on port "
          + about.listensOn()
          + ", but its PORT is "
          + port
          + ": let it listen on $PORT.";
    }
    return switch (fault) {
      case H10 -> who + " crashed and is not running.";
      case H20 -> who + " is starting, but port " + port + " has not opened yet.";
      case H21 -> who + " refuses connections on port " + port + ".";
      default -> fault.meaning() + " (" + who + ", port " + port + ")";
    };
  }

  private String json() {
    String who = about == null ? "null" : quoted(about.backend().toString());
    String lines = lastWords.stream().map(FaultPage::quoted).collect(Collectors.joining(","));
    return "{\"error\":{\"code\":"
        + quoted(fault.name())
        + ",\"desc\":"
        + quoted(fault.desc())
        + ",\"message\":"
        + quoted(sentence())
        + ",\"dyno\":"
        + who
        + ",\"request_id\":"
        + quoted(requestId)
        + ",\"last_lines\":["
        + lines
        + "]}}\n";
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < ' ' || c == 0x7f) json.append(String.format("\\u%04x", (int) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }

  private String html() {
    String refresh =
        fault.passing() ? "<meta http-equiv=refresh content=" + RETRY_SECONDS + ">" : "";
    String words = lastWords.stream().map(Sgr::toHtml).collect(Collectors.joining("\n"));
    return """
    <!doctype html><html lang=en><head><meta charset=utf-8>%s
    <meta name=viewport content="width=device-width"><title>%s %s</title>
    <link rel=icon href="data:,">
    <style>%s</style></head><body><main>
    <h1><b>%s</b> %s</h1><p>%s</p>%s<footer>%s<br>request %s · jlocal router</footer>
    </main></body></html>
    """
        .formatted(
            refresh,
            fault,
            fault.desc(),
            STYLE,
            fault,
            fault.desc(),
            Sgr.escape(sentence()),
            words.isEmpty() ? "" : "<pre><code>" + words + "</code></pre>",
            fault.passing() ? "This page comes back by itself when the app does." : "",
            Sgr.escape(requestId));
  }

  /** Reversed, the box of last words shows its end first, where the reason mostly stands. */
  private static final String STYLE =
      """
      :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}
      main{max-width:60rem;margin:4rem auto;padding:0 1.5rem}h1{font-weight:400}h1 b{color:#a33}
      pre{color-scheme:dark;background:#1b1b1f;color:#ddd;padding:1rem;overflow:auto;border-radius:6px;font-size:14px;
      white-space:pre-wrap;overflow-wrap:anywhere;max-height:60vh;display:flex;
      flex-direction:column-reverse}
      footer{opacity:.6;font-size:14px}.bold{font-weight:700}.dim{opacity:.6}
      .f0{color:#888}.f1,.f9{color:#f66}.f2,.f10{color:#6c6}.f3,.f11{color:#dc6}.f4,.f12{color:#79f}
      .f5,.f13{color:#d7d}.f6,.f14{color:#5cc}.f7,.f15{color:#fff}.f8{color:#888}
      .b1,.b9{background:#722}.b2,.b10{background:#262}.b3,.b11{background:#650}
      .b4,.b12{background:#235}.b5,.b13{background:#525}.b6,.b14{background:#155}
      .b7,.b15{background:#999}.b0,.b8{background:#333}
      """;
}
