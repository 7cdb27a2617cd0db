package jlocal.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;
import jlocal.addons.AddOnPlan;
import jlocal.addons.AddOns;
import jlocal.addons.Engine;
import jlocal.addons.Service;
import jlocal.addons.Session;
import jlocal.app.PreviousRun;
import jlocal.config.ConfigVars;
import jlocal.formation.AppSettings;
import jlocal.formation.Formation;
import jlocal.os.Cgroup;
import jlocal.os.SpawnFailure;
import jlocal.plan.AppFiles;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/** The add-ons of the app in a folder. Nothing of them is loaded where there are none. */
record AppAddOns(Path root, Map<String, String> environment) {
  /** Where the server of an add-on comes from. */
  static String from(Service service, Engine engine) {
    return "%s %s from %s%s"
        .formatted(service.product(), engine.version(), engine.bin(), engine.userText());
  }

  boolean exist() {
    return Files.exists(root.resolve(AddOns.FILE));
  }

  private AddOnPlan plan() throws UserError {
    return new AddOnPlan(AddOns.of(root), environment);
  }

  Reading<AppFiles> complete(AppFiles files, Consumer<String> note) {
    if (!exist()) return Reading.of(files);
    try {
      return Reading.of(plan().with(files, note));
    } catch (UserError e) {
      return new Reading<>(files, e.problems());
    }
  }

  Reading<AppSettings> complete(Reading<AppSettings> settings) {
    if (!exist()) return settings;
    try {
      return new Reading<>(plan().with(settings.value()), settings.problems());
    } catch (UserError _) {
      return settings; // It is an error of the files already.
    }
  }

  ConfigVars complete(ConfigVars vars) throws UserError {
    return exist() ? plan().with(vars) : vars;
  }

  /**
   * Makes ready to start them with the app.
   *
   * @param notes is told what is otherwise than before
   * @return what is held while the app runs; null for nothing
   */
  @Nullable Closeable prepare(Cgroup cgroup, Consumer<String> notes) throws IOException, UserError {
    if (!exist()) return null;
    var plan = plan();
    Closeable lock = plan.addOns().lock();
    if (lock == null) {
      throw new UserError(
          "the add-ons are in use by pid " + plan.addOns().owner(),
          "it is a 'jlocal run' or the like: start when that has ended");
    }
    plan.prepare(() -> PreviousRun.end(root, cgroup), notes);
    return lock;
  }

  /**
   * Starts those that do not run for one command.
   *
   * @param vars without theirs
   * @param name of the only one that is needed; empty for all
   * @return what ends them; null when nothing had to be started
   */
  @Nullable Session runFor(ConfigVars vars, String name)
      throws IOException, UserError, SpawnFailure {
    if (!exist() || plan().used(vars).isEmpty()) return null;
    var plan = plan();
    Closeable lock = plan.addOns().lock();
    if (lock == null) return null; // The app runs.
    plan.prepare(() -> PreviousRun.end(root, Cgroup.none()), _ -> {});
    var wanted = new ArrayList<>(plan.used(vars));
    wanted.removeIf(it -> !name.isEmpty() && !it.name().equals(name));
    return Session.start(plan.addOns(), wanted, lock);
  }

  /** Starts those of a formation before its start, with the right to do so; null for none. */
  @Nullable Closeable runFor(Formation formation) throws IOException, UserError, SpawnFailure {
    if (!exist()) return null;
    var addOns = AddOns.of(root);
    var wanted = new ArrayList<>(addOns.all());
    wanted.removeIf(it -> formation.of(new ProcessType(it.name())).isEmpty());
    return Session.start(addOns, wanted, () -> {});
  }
}
