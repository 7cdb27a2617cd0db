import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The web process of Procfile.example: says which instance answered. */
public class Web {
  static final AtomicInteger answered = new AtomicInteger();

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", Web::answer);
    server.start();
    System.out.println("listening on port " + port);
  }

  /** The page brings its icon: to ask for one would be every second request, the other process's. */
  static void answer(HttpExchange exchange) throws IOException {
    String instance = System.getenv("DYNO");
    String greeting = System.getenv().getOrDefault("GREETING", "Hello");
    String page =
        """
        <!doctype html>
        <meta charset="utf-8">
        <title>jlocal</title>
        <link rel="icon" href="data:,">
        <style>
          body { font: 1.2rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }
          strong { font-size: 3rem; color: #6b3fa0; display: block }
        </style>
        <h1>%s</h1>
        <p>This page came from <strong>%s</strong> on port %s. It is answer number %d of that process.</p>
        <p>Reload it: the router takes the instances of web in turn.</p>
        """
            .formatted(greeting, instance, System.getenv("PORT"), answered.incrementAndGet());
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
    System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
  }
}
