package jlocal.watch;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.RequestHandler;
import jlocal.formation.AppDefinition;
import jlocal.os.Threads;
import jlocal.watch.RestartSchedule.Decision;
import org.jspecify.annotations.Nullable;

/** Watches the files of a running app, and has it restart the types that a change concerns. */
public final class Watch {
  /** The target for changes of the app's own files. */
  private static final String RELOAD = "";

  /** The reply to a reload without effect. */
  private static final List<String> NOTHING = List.of("nothing has changed");

  /** How often to check for the end of a rolling restart. */
  private static final long BUSY_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long to wait for processes that end at once, before the watched types are logged. */
  private static final long SETTLE_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final List<String> BY_DEFAULT = List.of("starting", "up", "crashed");
  private static final List<String> WITH_ENDED = List.of("starting", "up", "crashed", "exited");

  private final Plan plan;
  private final RequestHandler app;
  private final Consumer<String> say;
  private final IgnoreRules ignored;
  private final FileTree tree;
  private final FileWatcher changes;
  private final RestartSchedule schedule = new RestartSchedule();
  private final Queue<String> finished = new ConcurrentLinkedQueue<>();
  private final ExecutorService rolling = Threads.prepared(1, "watch restarts");
  private WatchPatterns patterns;
  private AffectedTypes targets;

  /**
   * What to watch.
   *
   * @param root the app's folder, a real path
   * @param files its Procfile, env and settings files, absolute; their changes cause a reload
   * @param logs where jlocal writes log files; null if nowhere
   */
  public record Plan(
      Path root,
      Set<Path> files,
      @Nullable Path logs,
      Supplier<WatchPatterns> patterns,
      Supplier<AppDefinition> definition) {}

  private Watch(Plan plan, RequestHandler app, Consumer<String> say) {
    this.plan = plan;
    this.app = app;
    this.say = say;
    patterns = plan.patterns.get();
    ignored = new IgnoreRules(plan.root, patterns.paths(), plan.logs, System.getenv());
    tree = new FileTree(plan.root, ignored, plan.files);
    changes = new FileWatcher(plan.root, tree, ignored, plan.files, say);
    targets = targets();
  }

  private AffectedTypes targets() {
    return new AffectedTypes(plan.definition.get().procfile(), patterns, plan.root);
  }

  /** Watches on a thread of its own, for as long as the app runs. */
  public static void start(Plan plan, RequestHandler app, Consumer<String> say) {
    var watch = new Watch(plan, app, say);
    Threads.prepared(1, "watch").execute(watch::run);
  }

  private void run() {
    changes.begin(FileWatcher::ofSystem);
    long begun = System.nanoTime();
    try {
      while (isStarting() && System.nanoTime() - begun < SETTLE_TIMEOUT) step(BUSY_INTERVAL);
      say.accept("watching " + plan.root + ": " + targets.sentence(ended()));
      while (true) step(RestartSchedule.NEVER);
    } catch (InterruptedException | ClosedWatchServiceException _) {
      // The app has ended.
    }
  }

  private boolean isStarting() {
    return targets.types().stream()
        .flatMap(type -> instances(type, List.of("starting")).stream())
        .findAny()
        .isPresent();
  }

  /** Returns the types with an instance that has ended with 0. */
  private Set<String> ended() {
    return targets.types().stream()
        .filter(type -> !instances(type, List.of("exited")).isEmpty())
        .collect(Collectors.toSet());
  }

  /** Waits for changes, at most this long, and does what is due. */
  private void step(long most) throws InterruptedException {
    long due = schedule.nextDue();
    long wait = due == RestartSchedule.NEVER ? most : Math.min(due - System.nanoTime(), most);
    Set<Path> touched = changes.await(schedule.isBusy() ? Math.min(wait, BUSY_INTERVAL) : wait);
    long now = System.nanoTime();
    for (Path file : touched) {
      String name = plan.root.relativize(file).toString();
      boolean isOfApp = plan.files.contains(file);
      schedule.touched(name, isOfApp ? List.of(RELOAD) : targets.of(name), now);
    }
    for (String type; (type = finished.poll()) != null; ) schedule.finished(type);
    perform(schedule.due(now, name -> tree.isChanged(plan.root.resolve(name).normalize())));
  }

  private void perform(List<Decision> decisions) {
    var restarts = new LinkedHashMap<SequencedSet<String>, List<String>>();
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Pause pause -> say.accept(sentence(pause));
        case Decision.Restart(var type, var files) when type.equals(RELOAD) -> reload(files);
        case Decision.Restart(var type, var files) ->
            restarts.computeIfAbsent(files, _ -> new ArrayList<>()).add(type);
      }
    }
    restarts.forEach(this::restart);
  }

  private static String sentence(Decision.Pause pause) {
    return "%s seems to write %s itself, because it changed after each of the last restarts; restarts wait %d s"
            .formatted(pause.type(), pause.file(), TimeUnit.NANOSECONDS.toSeconds(pause.nanos()))
        + " now. To exclude it: a line in .gitignore, or  watch.%s: !%s  in .jlocal"
            .formatted(pause.type(), pause.file());
  }

  private void reload(SequencedSet<String> files) {
    schedule.finished(RELOAD);
    Reply reply = app.answer(Request.of("reload", "await", false));
    boolean differ = !(reply instanceof Reply.Refused) && apply(plan.patterns.get());
    String result = differ ? "; new patterns: " + targets.sentence(ended()) : "";
    if (reply instanceof Reply.Done(var did) && !(differ && did.equals(NOTHING)))
      result += "; reload: " + String.join("; ", did);
    if (reply instanceof Reply.Failed(_, var what, _)) result += "; " + String.join("; ", what);
    if (reply instanceof Reply.Refused(var why, _)) result = ", but cannot be applied: " + why;
    say.accept(sentence(files) + result);
  }

  /** Applies new patterns; returns whether they differ. */
  private boolean apply(WatchPatterns now) {
    boolean differ = !now.equals(patterns);
    patterns = now;
    targets = targets();
    if (differ) {
      ignored.want(now.paths());
      changes.recordUnknown();
    }
    return differ;
  }

  private static String sentence(SequencedSet<String> files) {
    int more = files.size() - 1;
    return files.getFirst() + (more == 0 ? "" : " and " + more + " more") + " changed";
  }

  private void restart(SequencedSet<String> files, List<String> types) {
    var atOnce = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (String type : types) {
      List<InstanceStatus> instances = restartable(type);
      List<String> those = instances.stream().map(InstanceStatus::name).toList();
      long running = instances.stream().filter(it -> it.pid() > 0).count();
      if (!those.isEmpty()) names.add(type);
      if (type.equals("web") && running > 1) {
        rolling.execute(() -> rollingRestart(type, those));
      } else {
        atOnce.addAll(those);
        schedule.finished(type);
      }
    }
    if (names.isEmpty()) return;
    say.accept(sentence(files) + ": restarting " + String.join(", ", names));
    if (!atOnce.isEmpty()) {
      var _ = app.answer(Request.of("restart", "names", atOnce, "await", false));
    }
  }

  /** Returns what runs or has failed; what was stopped stays so. */
  private List<InstanceStatus> restartable(String type) {
    return instances(type, targets.isNamed(type) ? WITH_ENDED : BY_DEFAULT);
  }

  private List<InstanceStatus> instances(String type, List<String> states) {
    if (!(app.answer(Request.of("ps")) instanceof Reply.Instances(var all))) return List.of();
    return all.stream()
        .filter(it -> it.name().startsWith(type + ".") && states.contains(it.state()))
        .toList();
  }

  private void rollingRestart(String type, List<String> names) {
    try {
      Reply reply = app.answer(Request.of("restart", "names", names, "await", true));
      // The reason of a failure has been logged already.
      if (reply instanceof Reply.Failed(_, var failed, _) && failed.getLast().startsWith("not "))
        say.accept(failed.getLast());
    } finally {
      finished.add(type);
    }
  }
}
