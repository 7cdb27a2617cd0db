package jlocal.control;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The ports that an app has assigned to its processes and its router, so that no other app uses
 * them before they listen. They are in the app's lock file ({@link AppLock}), so they end with
 * their owner. Reservations of other users are not visible. Any thread.
 */
public final class PortReservations {
  private static final String NAME = "name ";
  private static final Pattern NAMED = Pattern.compile(NAME + "([a-z0-9.-]+) ([0-9]{1,5})");
  private static final Pattern LINE = Pattern.compile("([0-9]{1,5}) (.+)");

  private final AppKey app;
  private final @Nullable AppLock appLock;
  private final Map<String, String> environment;
  private final Map<Integer, String> own = new TreeMap<>();
  private String name = "";

  /**
   * Creates an instance without reservations.
   *
   * @param appLock where they are published; null for an app that only reads those of others
   * @param environment the caller's, which determines where other apps have their lock files
   */
  public PortReservations(AppKey app, @Nullable AppLock appLock, Map<String, String> environment) {
    this.app = app;
    this.appLock = appLock;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Chooses ports while no other app does, and reserves them until this app ends. If the lock files
   * cannot be read or written, ports are chosen without them.
   *
   * @param choice receives a function that returns who has reserved a port, such as {@code api.1 of
   *     /home/me/shop}; null if it is free
   * @param reserved the ports of a choice, each with its owner's name
   */
  public synchronized <T> T choose(
      Function<IntFunction<@Nullable String>, T> choice,
      Function<T, Map<Integer, String>> reserved) {
    try (var _ = appLock == null ? null : FolderLock.take(appLock.folder())) {
      T chosen = choice.apply(others()::get);
      own.putAll(reserved.apply(chosen));
      publish();
      return chosen;
    }
  }

  /**
   * Chooses the app's name while no other app does, and publishes it until this app ends.
   *
   * @param choice receives the names of other apps
   * @param router the port on which the router listens
   */
  public synchronized String chooseName(Function<Set<String>, String> choice, int router) {
    try (var _ = appLock == null ? null : FolderLock.take(appLock.folder())) {
      String chosen = choice.apply(routers().keySet());
      name = NAME + chosen + " " + router;
      publish();
      return chosen;
    }
  }

  /** Returns the ports of the routers of other apps, by app name. */
  public Map<String, Integer> routers() {
    var routers = new HashMap<String, Integer>();
    for (String line : published()) {
      Matcher entry = NAMED.matcher(line);
      if (entry.matches()) routers.put(entry.group(1), Integer.valueOf(entry.group(2)));
    }
    return routers;
  }

  /** Whether they are published, not only read. */
  public boolean isOfRunningApp() {
    return appLock != null;
  }

  /** Drops the reservations; the next choice publishes that. */
  public synchronized void clear() {
    own.clear();
  }

  private Map<Integer, String> others() {
    var others = new HashMap<Integer, String>();
    for (String line : published()) {
      Matcher entry = LINE.matcher(line);
      if (entry.matches()) others.put(Integer.valueOf(entry.group(1)), entry.group(2));
    }
    return others;
  }

  /** Returns the lines that the other apps have published. */
  private List<String> published() {
    var all = new ArrayList<String>();
    try {
      for (Path folder : ControlFolder.existing(environment)) read(folder, all);
    } catch (IOException | DirectoryIteratorException _) {
      // Without them, ports are only tried.
    }
    return all;
  }

  private void read(Path folder, List<String> all) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(folder, "*.lock")) {
      for (Path lock : locks) {
        if (!lock.equals(AppLock.lockFile(folder, app))) all.addAll(AppLock.published(lock));
      }
    }
  }

  private void publish() {
    if (appLock == null) return;
    var lines = new ArrayList<String>();
    own.forEach((port, use) -> lines.add(port + " " + use + " of " + Printable.of(app.root())));
    if (!name.isEmpty()) lines.add(name);
    try {
      appLock.publish(lines);
    } catch (IOException _) {
      // A full disk must not prevent the start.
    }
  }
}
