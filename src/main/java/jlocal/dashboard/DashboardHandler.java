package jlocal.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.dashboard.AddOnSource.Document;
import jlocal.json.JsonFields;
import jlocal.os.ListeningProcesses;
import jlocal.os.Threads;
import jlocal.os.User;
import org.jspecify.annotations.Nullable;

/** Handles the requests of browsers: the files of the page, its events, and its orders. */
final class DashboardHandler implements HttpHandler {
  private static final int MOST_PAGES = 12;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  /** The media types of the files in the folder {@code dashboard}. */
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Pattern FILE = Pattern.compile("[a-z]+\\.(js|css|svg)");

  private static final Map<String, String> FIELDS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors"
              + " 'none'",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final AccessControl access;
  private final DashboardApi api;
  private final Function<OutputStream, PageEvents> newPage;
  private final ExecutorService pages =
      Threads.growing(0, MOST_PAGES, Duration.ofSeconds(10), "dashboard page");

  /**
   * Creates the handler.
   *
   * @param newPage creates a page that sends events to the stream
   */
  DashboardHandler(
      AccessControl access, DashboardApi api, Function<OutputStream, PageEvents> newPage) {
    this.access = access;
    this.api = api;
    this.newPage = newPage;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    HeaderMap fields = exchange.getResponseHeaders();
    FIELDS.forEach((name, value) -> fields.put(new HttpString(name), value));
    var asked = AccessControl.Asked.of(exchange);
    String refusal = access.refusal(asked);
    if (refusal != null) {
      send(exchange, 403, TEXT, refusal + "\n");
    } else if (access.isEntrance(asked)) {
      exchange.dispatch(() -> enter(exchange, asked));
    } else if (asked.path().equals(access.root() + "events")) {
      // With too many pages open, Undertow responds with 503.
      exchange.dispatch(pages, () -> stream(exchange, query(exchange, "line")));
    } else {
      exchange.dispatch(() -> answer(exchange, asked));
    }
  }

  private static void send(HttpServerExchange exchange, int status, String type, String body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseSender().send(body, UTF_8);
  }

  /** Opens the page; a link of this user also signs in. */
  private void enter(HttpServerExchange exchange, AccessControl.Asked asked) {
    String key = query(exchange, "t");
    if (key != null && !access.isSignedIn(asked)) {
      boolean isOurs = isOfThisUser(exchange);
      if (!isOurs || !access.redeem(key, System.nanoTime())) {
        String why =
            "this link was used, or is older than five minutes: 'jlocal dashboard' creates"
                + " a new one";
        send(exchange, 403, TEXT, (isOurs ? why : "this app belongs to another user") + "\n");
        return;
      }
      String cookie =
          "%s=%s; Path=%s; HttpOnly; SameSite=Strict"
              .formatted(AccessControl.COOKIE, access.session(), access.root());
      exchange.getResponseHeaders().put(Headers.SET_COOKIE, cookie);
    }
    String view = query(exchange, "view");
    view = view != null && view.matches("[a-z]+") ? "#view=" + view : "";
    // Not a redirect: if another page has the link, the browser would not send the cookie.
    String refresh = "<meta http-equiv=refresh content=\"0;url=" + access.root() + view + "\">";
    String icon = "<link rel=icon href=\"" + access.root() + "icon.svg\">";
    send(exchange, 200, HTML, "<!doctype html><title>jlocal</title>" + icon + refresh);
  }

  private static @Nullable String query(HttpServerExchange exchange, String name) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null ? null : values.getFirst();
  }

  /**
   * Whether the client is this user: others can briefly see a link, as an argument of the browser.
   */
  private static boolean isOfThisUser(HttpServerExchange exchange) {
    int client = exchange.getSourceAddress().getPort();
    int user = ListeningProcesses.user(client, exchange.getDestinationAddress().getPort());
    try {
      int own = User.id();
      boolean isCaller = own == 0 && Integer.toString(user).equals(System.getenv().get("SUDO_UID"));
      return user <= 0 || user == own || isCaller; // Root sees everything, and forwards ports.
    } catch (IOException _) {
      return false;
    }
  }

  private void stream(HttpServerExchange exchange, @Nullable String line) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream");
    exchange.startBlocking();
    long from = line != null && line.matches("[0-9]{1,15}") ? Long.parseLong(line) : -1;
    try {
      newPage.apply(exchange.getOutputStream()).run(from);
    } catch (IOException _) {
      // The page was closed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.endExchange();
    }
  }

  private void answer(HttpServerExchange exchange, AccessControl.Asked asked) {
    String name =
        asked.path().startsWith(access.root())
            ? asked.path().substring(access.root().length())
            : "?";
    try {
      if (asked.method().equals("POST")) {
        exchange.startBlocking();
        var body = JsonFields.read(new String(exchange.getInputStream().readAllBytes(), UTF_8));
        send(exchange, Document.json(api.post(name, body)));
      } else if (name.isEmpty()) {
        send(exchange, 200, HTML, file("index.html").replace("{{token}}", access.token()));
      } else {
        get(exchange, name);
      }
    } catch (JsonFields.Malformed e) {
      send(exchange, 400, TEXT, e.getMessage() + "\n");
    } catch (IOException e) {
      exchange.endExchange();
    }
  }

  private void get(HttpServerExchange exchange, String name) throws IOException {
    Matcher file = FILE.matcher(name);
    String about = query(exchange, "about");
    Document answer = file.matches() ? null : api.get(name, about == null ? "" : about);
    if (file.matches()) send(exchange, 200, TYPES.getOrDefault(file.group(1), TEXT), file(name));
    else if (answer != null) send(exchange, answer);
    else send(exchange, 404, TEXT, "nothing is here\n");
  }

  private static void send(HttpServerExchange exchange, Document document) {
    HeaderMap fields = exchange.getResponseHeaders();
    document.fields().forEach((name, value) -> fields.put(new HttpString(name), value));
    fields.put(Headers.CONTENT_TYPE, document.type());
    exchange.getResponseSender().send(ByteBuffer.wrap(document.content()));
  }

  private static String file(String name) throws IOException {
    try (InputStream in = DashboardHandler.class.getResourceAsStream("/dashboard/" + name)) {
      if (in == null) throw new IOException(name + " is missing");
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
