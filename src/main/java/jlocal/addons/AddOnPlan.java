package jlocal.addons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.formation.AppSettings;
import jlocal.formation.TypeSettings;
import jlocal.os.Ports;
import jlocal.plan.AppFiles;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.jspecify.annotations.Nullable;

/**
 * Adds the process types and config vars of an app's add-ons to its plan.
 *
 * @param shell the caller's environment, which overrides them
 */
public record AddOnPlan(AddOns addOns, Map<String, String> shell) {
  /** Returns the add-ons that run: those whose variable the app does not set itself. */
  public List<AddOn> used(ConfigVars vars) {
    return addOns.all().stream().filter(it -> instead(it, vars).isEmpty()).toList();
  }

  /** Returns where the variable that replaces an add-on is set; empty for nowhere. */
  public String instead(AddOn addOn, ConfigVars vars) {
    ConfigVar own = vars.byName().get(addOn.variable());
    if (own != null && own.line() > 0) return own.file() + ":" + own.line();
    return shell.containsKey(addOn.variable()) ? "the shell" : "";
  }

  /** Describes whether an add-on runs. */
  public String state(AddOn addOn, ConfigVars vars) {
    String instead = instead(addOn, vars);
    if (!instead.isEmpty()) return "not used: " + addOn.variable() + " is set in " + instead;
    return addOn.answers() ? "up" : "down";
  }

  /**
   * Returns the config vars with those of running add-ons; the app's own win, then DATABASE_URL's.
   */
  public ConfigVars with(ConfigVars vars) {
    var all = new LinkedHashMap<>(vars.byName());
    var used = new ArrayList<>(used(vars));
    used.sort(Comparator.comparing(it -> !it.attachment().equals("DATABASE")));
    for (AddOn addOn : used) {
      addOn
          .variables()
          .forEach((name, value) -> {
            String origin = "add-on " + addOn.name();
            if (!shell.containsKey(name)) {
              all.putIfAbsent(name, new ConfigVar(name, value, origin, 0, null));
            }
          });
    }
    return new ConfigVars(all);
  }

  /** Returns the files with the process types and config vars of the add-ons. */
  public AppFiles with(AppFiles files, Consumer<String> notes) {
    Procfile procfile = files.procfile();
    var vars = files.vars();
    for (AddOn addOn : addOns.all()) {
      String instead = instead(addOn, vars);
      String variable = addOn.variable();
      if (!instead.isEmpty()) {
        notes.accept(addOn.name() + " is not started: " + variable + " is set in " + instead);
      } else if (procfile.commands().containsKey(addOn.name())) {
        notes.accept("add-on " + addOn.name() + " is not started: the Procfile has that type");
      } else {
        procfile = procfile.with(addOn.name(), new Command(addOn.command()));
      }
    }
    return files.with(procfile, with(vars));
  }

  /** Returns the settings with those of the add-ons' types. */
  public AppSettings with(AppSettings said) {
    var types = new HashMap<>(said.types());
    for (AddOn addOn : addOns.all()) {
      var type = new ProcessType(addOn.name());
      TypeSettings own = types.getOrDefault(type, TypeSettings.NONE);
      var environment = new HashMap<>(addOn.environment());
      environment.putAll(own.environment());
      types.put(
          type,
          new TypeSettings(
              environment,
              addOns.data(addOn),
              own.stopSignal() == null ? addOn.service().stopSignal() : own.stopSignal(),
              own.grace(),
              addOn.port()));
    }
    return new AppSettings(said.order(), types, said.beside(), said.others());
  }

  /**
   * Prepares the start: checks the engines and frees the ports. Requires the run lock.
   *
   * @param leftover ends the leftovers of an earlier run, and describes them; null for none
   * @param notes receives deviations from earlier runs
   */
  public void prepare(Supplier<@Nullable String> leftover, Consumer<String> notes)
      throws IOException, UserError {
    boolean isLeft = addOns.all().stream().anyMatch(it -> !Ports.isFree(it.port()) || isLocked(it));
    if (isLeft) {
      String ended = leftover.get();
      if (ended != null) notes.accept(ended);
    }
    var problems = new ArrayList<Problem>();
    for (AddOn addOn : addOns.all()) {
      InstalledServer engine = engine(addOn, problems);
      if (engine == null) continue;
      AddOn now = engine.equals(addOn.engine()) ? addOn : addOn.with(engine);
      if (!Ports.isFree(now.port())) {
        now = now.on(addOns.port(now.name()));
        notes.accept(
            "port %d of %s is in use by another program; it uses %d now"
                .formatted(addOn.port(), now.name(), now.port()));
      }
      if (!now.equals(addOn)) addOns.replace(now);
      if (isInUse(now)) problems.add(inUse(now));
    }
    if (!problems.isEmpty()) throw new UserError(problems);
  }

  /** Returns the engine of an add-on; null if none can read its data, which adds a problem. */
  private @Nullable InstalledServer engine(AddOn addOn, List<Problem> problems) throws IOException {
    InstalledServer before = addOn.engine();
    if (before.isThere()) return before;
    List<InstalledServer> installed = InstalledServer.available(addOn.service(), shell);
    for (InstalledServer engine : installed) {
      if (addOn.service().reads(before.version(), engine.version())) return engine;
    }
    var embedded = EmbeddedServer.of(addOn.service(), shell);
    if (before.bin().startsWith(embedded.folder()))
      return embedded.fetch(before.major(), (_, _) -> {});
    String product = addOn.service().product() + " " + before.major();
    String others =
        installed.isEmpty()
            ? ""
            : "; there is " + installed.getFirst().version() + " in " + installed.getFirst().bin();
    problems.add(
        Problem.error(
                "the data of add-on %s need %s, which is no longer in %s%s"
                    .formatted(addOn.name(), product, before.bin(), others))
            .hint(
                "install %s, or delete the data: jlocal addons:destroy %s"
                    .formatted(product, addOn.name())));
    return null;
  }

  private static Problem inUse(AddOn addOn) {
    return Problem.error(addOn.name() + " uses the data of this app, but was not started by jlocal")
        .hint("end it, and start again");
  }

  /** Whether the data of a PostgreSQL server are in use, or were when it was killed. */
  private boolean isLocked(AddOn addOn) {
    return Files.exists(lockFile(addOn));
  }

  private Path lockFile(AddOn addOn) {
    return addOns.data(addOn).resolve("postmaster.pid");
  }

  /**
   * Whether a PostgreSQL server is using its data. Deletes a pid file of another program or of an
   * unreaped process, which would prevent the start.
   */
  private boolean isInUse(AddOn addOn) {
    Path file = lockFile(addOn);
    try {
      long pid = Long.parseLong(Files.readString(file).lines().findFirst().orElse("").strip());
      Path status = Path.of("/proc/" + pid + "/status");
      boolean isZombie = Files.exists(status) && Files.readString(status).contains("State:\tZ");
      var command = ProcessHandle.of(pid).flatMap(it -> it.info().command());
      boolean isOther = command.isPresent() && !command.get().endsWith("postgres");
      if (isZombie || isOther) Files.delete(file);
      return command.isPresent() && !isOther && !isZombie;
    } catch (IOException | NumberFormatException _) {
      return false;
    }
  }
}
