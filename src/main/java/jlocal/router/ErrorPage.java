package jlocal.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.ansi.AnsiHtml;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response: HTML for a browser, JSON for a client that asks for it, else text.
 *
 * @param about the instance that caused the error; null when there is none
 * @param lastLines of its log, after a crash
 */
record ErrorPage(
    RouterError error,
    BackendSet.@Nullable Status about,
    List<String> lastLines,
    String requestId) {

  /** Seconds until the page reloads itself, and for {@code Retry-After}. */
  static final int RETRY_SECONDS = 2;

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

    /** The form for an Accept field: the one named first. Only browsers name HTML first. */
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
      case TEXT -> error + " " + error.description() + ": " + message() + "\n";
    };
  }

  /** What happened, to which instance. */
  String message() {
    if (about == null) return error.meaning();
    String who = about.backend().toString();
    int port = about.backend().port();
    if (about.wrongPort() != 0) {
      return who
          + " listens on port "
          + about.wrongPort()
          + ", but its PORT is "
          + port
          + ": let it listen on $PORT.";
    }
    return switch (error) {
      case H10 -> who + " crashed and is not running.";
      case H20 -> who + " is starting, but port " + port + " has not opened yet.";
      case H21 -> who + " refuses connections on port " + port + ".";
      default -> error.meaning() + " (" + who + ", port " + port + ")";
    };
  }

  private String json() {
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("code", error().name());
    error.put("desc", error().description());
    error.put("message", message());
    error.put("dyno", about == null ? null : about.backend().toString());
    error.put("request_id", requestId);
    error.put("last_lines", lastLines);
    return JsonWriter.write(Map.of("error", error)) + "\n";
  }

  private String html() {
    String refresh =
        error.isTransient() ? "<meta http-equiv=refresh content=" + RETRY_SECONDS + ">" : "";
    String lines = lastLines.stream().map(AnsiHtml::of).collect(Collectors.joining("\n"));
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
            error,
            error.description(),
            STYLE,
            error,
            error.description(),
            AnsiHtml.escape(message()),
            lines.isEmpty() ? "" : "<pre><code>" + lines + "</code></pre>",
            error.isTransient() ? "This page reloads itself until the app responds." : "",
            AnsiHtml.escape(requestId));
  }

  /** The box of log lines is reversed so that it shows its end first. */
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
