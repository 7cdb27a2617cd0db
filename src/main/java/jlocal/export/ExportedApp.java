package jlocal.export;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.InstanceVars;
import jlocal.formation.ProcessSpec;
import jlocal.formation.StartOrder;
import jlocal.formation.TypeSettings;
import jlocal.os.Signal;
import jlocal.os.ToolPath;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;

/**
 * What is exported: what {@code start} would run, and the release phase. The same for all formats.
 *
 * @param vars the config vars, without those that each process gets and those of servers
 * @param types in the order of the Procfile
 */
public record ExportedApp(
    Common common, SequencedMap<String, String> vars, List<ExportedType> types, StartOrder order) {
  /**
   * What all types share.
   *
   * @param name of the app, as it was given
   * @param root the app's folder, absolute
   * @param shell the shell that runs the commands
   * @param grace of the types that have none of their own
   * @param memory by type; {@code ""} for those not named
   * @param entrance the port on which web is reached
   * @param published config vars whose values are no secrets, as they stand in .env.example
   * @param services the servers of this machine whose variables the processes have
   */
  public record Common(
      String name,
      Path root,
      Path shell,
      RestartPolicy restart,
      Duration grace,
      Map<String, ExportedType.Memory> memory,
      int entrance,
      Map<String, String> published,
      List<BackingService> services) {}

  /** The app of a formation. Pure. */
  public static ExportedApp of(AppDefinition app, Formation formation, Common common) {
    var vars = new LinkedHashMap<>(app.vars());
    vars.keySet().removeAll(InstanceVars.of("", 0).keySet());
    common.services.forEach(it -> vars.entrySet().removeAll(it.variables().entrySet()));
    var types = new ArrayList<ExportedType>();
    formation
        .counts()
        .forEach((type, count) -> {
          ProcessSpec first = formation.of(type).getFirst();
          TypeSettings own = first.own();
          var memory = common.memory.getOrDefault(type.name(), common.memory.get(""));
          types.add(
              new ExportedType(
                  type,
                  count,
                  first.port(),
                  first.command().line(),
                  new LinkedHashMap<>(own.environment()),
                  Objects.requireNonNullElse(own.folder(), common.root),
                  formation.order().rule(type),
                  Objects.requireNonNullElse(own.grace(), common.grace),
                  Objects.requireNonNullElse(own.stopSignal(), Signal.TERM),
                  memory));
        });
    return new ExportedApp(common, vars, List.copyOf(types), formation.order());
  }

  /** The config vars, and PATH as it is on this machine with the tools of the app. */
  SequencedMap<String, String> varsHere(ExportRequest request) {
    var all = new LinkedHashMap<>(vars);
    all.putIfAbsent("PATH", request.machine().path());
    all.putAll(ToolPath.of(common.root, all.getOrDefault("PATH", "")));
    return all;
  }

  /** The config vars whose values are published already, so that they may be committed. */
  SequencedMap<String, String> open() {
    var open = new LinkedHashMap<>(vars);
    open.entrySet().removeIf(variable -> !isPublished(variable));
    return open;
  }

  /** All others. */
  SequencedMap<String, String> secrets() {
    var secrets = new LinkedHashMap<>(vars);
    secrets.entrySet().removeIf(this::isPublished);
    return secrets;
  }

  private boolean isPublished(Map.Entry<String, String> variable) {
    return variable.getValue().equals(common.published.get(variable.getKey()));
  }

  /** Those that a type waits for: the release phase, unless that needs it, and what it is after. */
  List<ExportedType> before(ExportedType type) {
    boolean isReleased =
        !type.isRelease() && !order.prerequisites(ProcessType.RELEASE).contains(type.type());
    return types.stream()
        .filter(other ->
            (isReleased && other.isRelease()) || type.rule().after().containsKey(other.type()))
        .toList();
  }

  /** Whether processes of a type are started again when they end; never what runs to an end. */
  RestartPolicy restart(ExportedType type) {
    if (type.isRelease()) return RestartPolicy.NEVER;
    boolean isNever = common.restart == RestartPolicy.NEVER;
    return type.runsOnce() && !isNever ? RestartPolicy.ON_CRASH : common.restart;
  }

  /** How many others come one after the other before a type. */
  int level(ExportedType type) {
    return before(type).stream().mapToInt(other -> level(other) + 1).max().orElse(0);
  }

  /** Whether another type waits for this one. */
  boolean isAwaited(ExportedType type) {
    return types.stream().anyMatch(other -> before(other).contains(type));
  }

  /** The variables that tell a process which one it is, with this for its number. */
  static SequencedMap<String, String> identity(ExportedType type, String number) {
    var vars = InstanceVars.of(type.name() + "." + number, null);
    vars.remove("JLOCAL");
    return vars;
  }
}
