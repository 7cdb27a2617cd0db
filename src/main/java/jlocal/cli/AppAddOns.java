package jlocal.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import jlocal.addons.AddOnPlan;
import jlocal.addons.AddOnService;
import jlocal.addons.AddOns;
import jlocal.addons.InstalledServer;
import jlocal.addons.TemporaryServers;
import jlocal.app.LeftoverProcesses;
import jlocal.app.RunningApp;
import jlocal.config.ConfigVars;
import jlocal.config.MainCheckout;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.formation.AppSettings;
import jlocal.formation.Formation;
import jlocal.os.Cgroup;
import jlocal.os.SpawnFailure;
import jlocal.os.Threads;
import jlocal.plan.AppFiles;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/** The add-ons of the app in a folder. Loads no add-on class if there are none. */
final class AppAddOns implements Closeable {
  private final Path root;
  private final Map<String, String> environment;
  private final CompletableFuture<RunningApp> app = new CompletableFuture<>();
  private @Nullable Cgroup cgroup;
  private @Nullable Closeable lock;
  private boolean isElsewhere;

  AppAddOns(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /** Describes the origin of an add-on's server. */
  static String from(AddOnService service, InstalledServer engine) {
    if (service.isOwn()) return service.product() + " is a part of jlocal";
    return "%s %s from %s%s"
        .formatted(service.product(), engine.version(), engine.bin(), engine.userText());
  }

  boolean exist() {
    return Files.exists(root.resolve(AddOns.FILE))
        || Files.exists(root.resolve(AddOns.SHARED).resolve(AddOns.FILE));
  }

  /** Shares the add-ons of the main checkout if this worktree has none of its own. */
  void share(Consumer<String> notes) throws IOException {
    Path main = MainCheckout.counterpart(root.toAbsolutePath().normalize());
    if (main == null || Files.exists(root.resolve(AddOns.SHARED))) return;
    if (exist()) {
      notes.accept("this worktree has add-ons of its own and does not share those of " + main);
    } else if (Files.exists(main.resolve(AddOns.FILE))) {
      AddOns.share(root, main);
      notes.accept("the add-ons of " + main + " are those of this worktree from now on");
    } else {
      notes.accept("there are no add-ons to share in " + main);
    }
  }

  private AddOnPlan plan() throws UserError {
    return new AddOnPlan(AddOns.of(root), environment);
  }

  /** Sets the cgroup of the app that is about to start with them. */
  void startsIn(Cgroup group) {
    cgroup = group;
  }

  /** Sets the running app, to reload when another program stops running the add-ons. */
  void runIn(RunningApp running) {
    app.complete(running);
  }

  synchronized Reading<AppFiles> complete(AppFiles files, Consumer<String> note) {
    if (!exist()) return Reading.of(files);
    try {
      AddOnPlan plan = plan();
      if (cgroup != null && !isOurs(plan, cgroup, note)) {
        return Reading.of(files.with(files.procfile(), plan.with(files.vars())));
      }
      return Reading.of(plan.with(files, note));
    } catch (UserError e) {
      return new Reading<>(files, e.problems());
    } catch (IOException e) {
      return new Reading<>(files, List.of(Problem.error("the add-ons cannot run: " + e)));
    }
  }

  /**
   * Takes the lock and prepares the add-ons; if another program has it, waits in the background.
   */
  private boolean isOurs(AddOnPlan plan, Cgroup group, Consumer<String> note)
      throws IOException, UserError {
    if (lock != null || isElsewhere) return lock != null;
    lock = plan.addOns().lock().take();
    isElsewhere = lock == null;
    if (isElsewhere) {
      note.accept(
          "the add-ons run in pid " + plan.addOns().lock().owner() + ", and are used from there");
      Threads.optional("add-ons", () -> awaitLock(group));
    } else {
      prepare(plan, group, note);
    }
    return !isElsewhere;
  }

  private void prepare(AddOnPlan plan, Cgroup group, Consumer<String> note)
      throws IOException, UserError {
    plan.prepare(() -> LeftoverProcesses.end(plan.addOns().root(), group), note);
  }

  /** Waits for the lock; then a reload starts the add-ons here. */
  private void awaitLock(Cgroup group) {
    Consumer<String> say = app.join().say();
    try {
      AddOnPlan plan = plan();
      Closeable taken = plan.addOns().lock().await();
      synchronized (this) {
        lock = taken;
        prepare(plan, group, say);
      }
      say.accept("the add-ons no longer run elsewhere: starting them here");
      Reply reply = app.join().orders().answer(Request.of("reload", "await", false));
      if (reply instanceof Reply.Refused(var why, _)) say.accept("they are not: " + why);
    } catch (IOException | UserError e) {
      say.accept("the add-ons cannot be started: " + e.getMessage());
    }
  }

  Reading<AppSettings> complete(Reading<AppSettings> settings) {
    if (!exist()) return settings;
    try {
      return new Reading<>(plan().with(settings.value()), settings.problems());
    } catch (UserError _) {
      return settings; // The files already report this error.
    }
  }

  ConfigVars complete(ConfigVars vars) throws UserError {
    return exist() ? plan().with(vars) : vars;
  }

  /**
   * Starts the add-ons that are not running, for one command.
   *
   * @param vars without those of the add-ons
   * @param name of the only one that is needed; empty for all
   * @return stops them; null if nothing had to be started
   */
  @Nullable TemporaryServers runFor(ConfigVars vars, String name)
      throws IOException, UserError, SpawnFailure {
    if (!exist() || plan().used(vars).isEmpty()) return null;
    var plan = plan();
    Closeable taken = plan.addOns().lock().take();
    if (taken == null) return null; // The app is running.
    prepare(plan, Cgroup.none(), _ -> {});
    var wanted = new ArrayList<>(plan.used(vars));
    wanted.removeIf(it -> !name.isEmpty() && !it.name().equals(name));
    return TemporaryServers.start(plan.addOns(), wanted, taken);
  }

  /**
   * Starts the add-ons of a formation under their lock, before its processes; null if it has none.
   */
  @Nullable Closeable runFor(Formation formation) throws IOException, UserError, SpawnFailure {
    if (!exist()) return null;
    var addOns = AddOns.of(root);
    var wanted = new ArrayList<>(addOns.all());
    wanted.removeIf(it -> formation.of(new ProcessType(it.name())).isEmpty());
    return TemporaryServers.start(addOns, wanted, () -> {});
  }

  @Override
  public synchronized void close() throws IOException {
    if (lock != null) lock.close();
  }
}
