package jlocal.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import jlocal.ansi.AnsiHtml;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response: HTML for a browser, JSON for a client that asks for it, else text.
 *
 * @param about the instance that caused the error; null if there is none
 * @param lastLines of its log, after a crash
 */
record ErrorPage(
    RouterError error,
    BackendSet.@Nullable Status about,
    List<String> lastLines,
    String requestId) {

  /** Seconds until the page reloads itself, and for {@code Retry-After}. */
  static final int RETRY_SECONDS = 2;

  /** A pointer to more information. */
  record Pointer(String sentence, String address) {
    static final Pointer NONE = new Pointer("", "");

    private String html() {
      String text = AnsiHtml.escape(sentence);
      if (address.isEmpty()) return text;
      return "<a href=\"" + AnsiHtml.escape(address) + "\">" + text + "</a>";
    }
  }

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

    /**
     * Returns the form for an Accept field: the first type named. Only browsers name HTML first.
     */
    static Form of(@Nullable String accept) {
      if (accept == null) return TEXT;
      String wanted = accept.toLowerCase(Locale.ROOT);
      int html = wanted.indexOf("text/html");
      int json = wanted.indexOf("json");
      if (html >= 0 && (json < 0 || html < json)) return HTML;
      return json >= 0 ? JSON : TEXT;
    }
  }

  String in(Form form, Pointer more) {
    return switch (form) {
      case HTML -> html(more);
      case JSON -> json();
      case TEXT -> error + " " + error.description() + ": " + message() + "\n";
    };
  }

  /** Says what happened, to which instance. */
  String message() {
    if (about == null) return error.meaning();
    Backend backend = about.backend();
    int port = backend.port();
    if (about.wrongPort() != 0) {
      return "%s listens on port %d, but its PORT is %d: let it listen on $PORT."
          .formatted(backend, about.wrongPort(), port);
    }
    return switch (error) {
      case H10 -> backend + " crashed and is not running.";
      case H20 -> backend + " is starting, but port " + port + " has not opened yet.";
      case H21 -> backend + " refuses connections on port " + port + ".";
      default -> error.meaning() + " (" + backend + ", port " + port + ")";
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

  private String html(Pointer more) {
    String reload = "<meta http-equiv=refresh content=" + RETRY_SECONDS + ">";
    String lines = lastLines.stream().map(AnsiHtml::of).collect(Collectors.joining("\n"));
    return template()
        .formatted(
            error.isTransient() ? reload : "",
            error,
            error.description(),
            AnsiHtml.escape(message()),
            lines.isEmpty() ? "" : "<pre><code>" + lines + "</code></pre>",
            error.isTransient() ? "This page reloads itself until the app responds." : "",
            AnsiHtml.escape(requestId),
            more.html());
  }

  private static String template() {
    try (InputStream page = ErrorPage.class.getResourceAsStream("error-page.html")) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
