package jlocal.names;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jlocal.os.Threads;
import jlocal.router.OtherApps;

/**
 * The other running apps, from their lock files. These are read for an unknown name, and again when
 * the known names are outdated.
 */
final class OtherRunningApps implements OtherApps {
  private static final long MIN_AGE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Map<String, Integer>> source;
  private final ExecutorService thread = Threads.prepared(1, "names");
  private volatile Known known;

  /**
   * The apps found.
   *
   * @param ports of the routers, by the names of the apps
   * @param at the time, in nanoseconds on a monotonic clock
   */
  private record Known(Map<String, Integer> ports, long at) {}

  /**
   * Creates an instance and searches at once.
   *
   * @param source returns the ports of the other routers by name; may block
   */
  OtherRunningApps(Supplier<Map<String, Integer>> source) {
    this.source = source;
    known = new Known(source.get(), System.nanoTime());
  }

  @Override
  public CompletionStage<Integer> port(String host) {
    Known now = known;
    long age = System.nanoTime() - now.at;
    int port = find(host, now.ports);
    if (port == 0 && age > MIN_AGE) {
      return CompletableFuture.supplyAsync(() -> find(host, look().ports), thread);
    }
    if (age > MAX_AGE) thread.execute(this::look);
    return CompletableFuture.completedFuture(port);
  }

  private Known look() {
    Known now = known;
    if (System.nanoTime() - now.at < MIN_AGE) return now;
    known = new Known(source.get(), System.nanoTime());
    return known;
  }

  @Override
  public boolean serves(String host) {
    return find(host, known.ports) != 0;
  }

  @Override
  public void gone(int port) {
    var left = new TreeMap<>(known.ports);
    left.values().removeIf(other -> other == port);
    known = new Known(left, known.at);
  }

  @Override
  public List<String> names() {
    return new TreeMap<>(known.ports).keySet().stream().map(name -> name + ".localhost").toList();
  }

  /**
   * Returns the port of the app whose name is the host or its end, {@code shop} for {@code
   * api.shop}; 0 if there is none.
   */
  static int find(String host, Map<String, Integer> ports) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.localhost\\.?(:[0-9]*)?$", "");
    while (true) {
      Integer port = ports.get(name);
      if (port != null) return port;
      int dot = name.indexOf('.');
      if (dot < 0) return 0;
      name = name.substring(dot + 1);
    }
  }
}
