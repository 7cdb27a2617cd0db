package jlocal.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import jlocal.formation.KnownServer;
import jlocal.formation.Readiness;
import jlocal.os.Launch;
import jlocal.os.ListeningProcesses;
import jlocal.os.Ports;
import jlocal.os.ProbeCommand;
import org.jspecify.annotations.Nullable;

/**
 * Checks once whether a process is ready. May block for as long as its timeouts allow; any thread.
 *
 * @param pid the leader of its group
 * @param port its PORT, or where it listens instead
 */
record Probe(long pid, int port, Duration age) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(200);

  /** A server that keeps a connection open this long is serving it. */
  private static final int HANG_UP_MILLIS = 100;

  /** The timeout of an HTTP response: the first request of an app may compile all of it. */
  private static final int RESPONSE_MILLIS = 10_000;

  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

  /** A server that has opened only a UNIX socket by then will open no port. */
  private static final Duration LOCAL_AFTER = Duration.ofSeconds(1);

  private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");

  /**
   * The result.
   *
   * @param evidence that it is ready; null if it is not
   * @param port where it is known to listen; 0 for nowhere
   * @param missing why it is not ready; empty if there is nothing to add
   */
  record Result(@Nullable String evidence, int port, String missing) {
    static Result not(String missing) {
      return new Result(null, 0, missing);
    }

    static Result ready(int port) {
      return new Result("ready on port " + port, port, "");
    }
  }

  /**
   * Runs the check.
   *
   * @param command the command of an {@link Readiness.Exec}; null for others
   */
  Result look(Readiness readiness, @Nullable Launch command) {
    return switch (readiness) {
      case Readiness.Port(var numbers) when !numbers.isEmpty() -> ports(numbers);
      case Readiness.Port _, Readiness.Alive _ ->
          Ports.accepts(port, CONNECT_TIMEOUT) ? Result.ready(port) : Result.not("");
      case Readiness.Http(var path) -> http(path);
      case Readiness.Listening(var server) -> listening(server);
      case Readiness.Exec(var line) -> {
        if (command == null) yield Result.not("");
        String failure = ProbeCommand.failure(command, COMMAND_TIMEOUT);
        yield failure == null
            ? new Result("'" + line + "' exits with 0", 0, "")
            : Result.not(failure);
      }
      case Readiness.LogLine _, Readiness.Exit _, Readiness.Notify _ -> Result.not("");
    };
  }

  /**
   * Docker's proxy accepts connections, but hangs up while nothing in the container accepts them.
   */
  private static Result ports(List<Integer> numbers) {
    for (int number : numbers) {
      if (!isServed(number)) return Result.not("port " + number + " is closed");
    }
    return Result.ready(numbers.getFirst());
  }

  private static boolean isServed(int port) {
    for (String address : ADDRESSES) {
      try (Socket socket = connect(address, port)) {
        socket.setSoTimeout(HANG_UP_MILLIS);
        return socket.getInputStream().read() >= 0;
      } catch (SocketTimeoutException _) {
        return true; // The server waits for the client.
      } catch (IOException _) {
        // Try the next address.
      }
    }
    return false;
  }

  private static Socket connect(String address, int port) throws IOException {
    var socket = new Socket();
    try {
      var there = new InetSocketAddress(InetAddress.ofLiteral(address), port);
      socket.connect(there, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e instanceof SocketTimeoutException ? new IOException(e) : e;
    }
  }

  private Result http(String path) {
    String status = get(port, path);
    if (status.isEmpty()) return Result.not("");
    if (status.matches("HTTP/1\\.[01] [23][0-9][0-9]( .*)?")) {
      String code = status.substring(9, 12);
      return new Result("ready on port %d, GET %s: %s".formatted(port, path, code), port, "");
    }
    return Result.not(status.replaceFirst("^HTTP/1\\.[01] ", ""));
  }

  /**
   * Returns the status line of the response to a GET; empty for none, "no answer" if it is late.
   */
  static String get(int port, String path) {
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUser-Agent: jlocal\r\nAccept: */*\r\nConnection: close\r\n\r\n"
            .formatted(path, port);
    return ask(port, request, RESPONSE_MILLIS);
  }

  /** Sends a text; returns the first line of the response, empty for none. */
  private static String ask(int port, String text, int limitMillis) {
    for (String address : ADDRESSES) {
      try (Socket socket = connect(address, port)) {
        socket.setSoTimeout(limitMillis);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return firstLine(socket.getInputStream());
      } catch (SocketTimeoutException _) {
        return "no answer in " + limitMillis / 1000 + " s";
      } catch (IOException _) {
        // Try the next address.
      }
    }
    return "";
  }

  private static String firstLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= ' ' && line.length() < 200; c = in.read()) line.append((char) c);
    return line.toString();
  }

  private Result listening(KnownServer server) {
    ListeningProcesses.Tree tree = ListeningProcesses.ofTree(pid);
    SortedSet<Integer> ports = tree.ports();
    ports.removeIf(number -> !server.isForClients(number));
    if (ports.isEmpty() && tree.isLocal() && age.compareTo(LOCAL_AFTER) >= 0) {
      return new Result("ready on a UNIX socket", 0, "");
    }
    if (ports.isEmpty()) return unknown(server);
    int usual = server.usualPort();
    int found = ports.contains(port) ? port : ports.contains(usual) ? usual : ports.getFirst();
    return isLoading(server, tree, found)
        ? Result.not("port " + found + " is open, but it is still loading")
        : Result.ready(found);
  }

  /** Tries ports where the sockets of a process are not visible (macOS, another user's process). */
  private Result unknown(KnownServer server) {
    if (ListeningProcesses.isVisible(pid)) return Result.not("");
    for (int number : List.of(port, server.usualPort())) {
      if (Ports.accepts(number, CONNECT_TIMEOUT)) return Result.ready(number);
    }
    return Result.not("");
  }

  /** PostgreSQL and Redis accept connections before they can use them. */
  private static boolean isLoading(KnownServer server, ListeningProcesses.Tree tree, int port) {
    return switch (server) {
      case POSTGRES -> tree.pids().stream().anyMatch(Probe::isPostgresStarting);
      case REDIS, VALKEY -> ask(port, "PING\r\n", 1000).startsWith("-LOADING");
      default -> false;
    };
  }

  /** Checks the eighth line of postmaster.pid, which {@code pg_ctl -w} waits for. */
  private static boolean isPostgresStarting(long pid) {
    List<String> lines = ListeningProcesses.fileOf(pid, "postmaster.pid").lines().toList();
    return !lines.isEmpty() && (lines.size() < 8 || !lines.get(7).startsWith("ready"));
  }
}
