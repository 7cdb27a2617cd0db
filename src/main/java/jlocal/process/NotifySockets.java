package jlocal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jlocal.formation.InstanceName;
import jlocal.formation.StartOrder;
import jlocal.os.Cleanup;
import jlocal.os.NotifySocket;
import jlocal.problem.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Handles the sd_notify messages of instances with {@code ready=notify}. On the manager's thread.
 */
final class NotifySockets implements AutoCloseable {
  /** The watchdog's interval, set together with WATCHDOG_PID; sd_watchdog_enabled(3). */
  static final String WATCHDOG = "WATCHDOG_USEC";

  private static final String STATUS = "STATUS=";

  private static final int MAX_FOLDER = 50;

  private final EventLoop loop;
  private final ReadinessProbe probe;
  private final Map<InstanceName, NotifySocket> sockets = new HashMap<>();
  private @Nullable Path folder;

  NotifySockets(EventLoop loop, ReadinessProbe probe) {
    this.loop = loop;
    this.probe = probe;
  }

  /**
   * Opens a socket, and returns the variables for the process.
   *
   * @throws IOException if no socket can be opened
   */
  Map<String, String> open(ManagedInstance instance, StartOrder.Rule rule) throws IOException {
    NotifySocket socket = sockets.get(instance.name());
    if (socket == null) {
      if (folder == null) folder = Files.createTempDirectory(temporary(), "jlocal-notify");
      socket =
          NotifySocket.open(
              folder.resolve(instance.name().toString()),
              lines -> loop.post(() -> lines.forEach(line -> received(instance, line))));
      sockets.put(instance.name(), socket);
    }
    var variables = new HashMap<>(Map.of(NotifySocket.VARIABLE, socket.path().toString()));
    Duration watchdog = rule.watchdog();
    if (!watchdog.isZero()) variables.put(WATCHDOG, Long.toString(watchdog.toNanos() / 1000));
    return variables;
  }

  /** Returns TMPDIR if the path of a socket in it is short enough, unix(7), else the system's. */
  private static Path temporary() {
    Path given = Path.of(System.getenv().getOrDefault("TMPDIR", ""));
    boolean isUsable = given.isAbsolute() && given.toString().length() < MAX_FOLDER;
    return isUsable ? given : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private void received(ManagedInstance instance, String line) {
    if (line.equals("READY=1")) {
      probe.notified(instance);
    } else if (line.startsWith(STATUS)) {
      probe.status(instance, Printable.of(line.substring(STATUS.length())));
    } else if (line.equals("STOPPING=1")) {
      probe.status(instance, "says that it is stopping");
    } else if (line.equals("RELOADING=1")) {
      probe.status(instance, "reloads");
    } else if (line.equals("WATCHDOG=1")) {
      probe.alive(instance);
    } else if (line.equals("WATCHDOG=trigger")) {
      probe.watchdogOver(instance);
    }
  }

  @Override
  public void close() {
    sockets.values().forEach(NotifySocket::close);
    Cleanup.delete(folder);
  }
}
