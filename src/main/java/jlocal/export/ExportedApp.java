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
 * The app to export: the processes of {@code start}, and the release phase. The same for all
 * formats.
 *
 * @param vars the config vars, without those of single processes and of servers
 * @param types in the order of the Procfile
 */
public record ExportedApp(
    Common common, SequencedMap<String, String> vars, List<ExportedType> types, StartOrder order) {
  /**
   * The common properties of all types.
   *
   * @param name of the app, as given
   * @param root the app's folder, absolute
   * @param shell the shell that runs the commands
   * @param grace for types without their own
   * @param memory by type; {@code ""} for all others
   * @param entrance the port for requests to web
   * @param published config vars whose values are in .env.example, so they are not secret
   * @param services the servers on this machine that processes have variables for
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

  /** Returns the app of a formation. Pure. */
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

  /** Returns the config vars, and this machine's PATH with the tools of the app. */
  SequencedMap<String, String> varsHere(ExportRequest request) {
    var all = new LinkedHashMap<>(vars);
    all.putIfAbsent("PATH", request.machine().path());
    all.putAll(ToolPath.of(common.root, all.getOrDefault("PATH", "")));
    return all;
  }

  /** Returns the config vars with published values, which may be committed. */
  SequencedMap<String, String> open() {
    var open = new LinkedHashMap<>(vars);
    open.entrySet().removeIf(variable -> !isPublished(variable));
    return open;
  }

  /** Returns all other config vars. */
  SequencedMap<String, String> secrets() {
    var secrets = new LinkedHashMap<>(vars);
    secrets.entrySet().removeIf(this::isPublished);
    return secrets;
  }

  private boolean isPublished(Map.Entry<String, String> variable) {
    return variable.getValue().equals(common.published.get(variable.getKey()));
  }

  /**
   * Returns the types that a type waits for: the release phase, unless it needs the type, and its
   * dependencies.
   */
  List<ExportedType> before(ExportedType type) {
    boolean isReleased =
        !type.isRelease() && !order.prerequisites(ProcessType.RELEASE).contains(type.type());
    return types.stream()
        .filter(other ->
            (isReleased && other.isRelease()) || type.rule().after().containsKey(other.type()))
        .toList();
  }

  /** Returns the restart policy of a type; never for one that runs to completion. */
  RestartPolicy restart(ExportedType type) {
    if (type.isRelease()) return RestartPolicy.NEVER;
    boolean isNever = common.restart == RestartPolicy.NEVER;
    return type.runsOnce() && !isNever ? RestartPolicy.ON_CRASH : common.restart;
  }

  /** Returns the length of the longest chain of types before a type. */
  int level(ExportedType type) {
    return before(type).stream().mapToInt(other -> level(other) + 1).max().orElse(0);
  }

  /** Whether another type waits for this one. */
  boolean isAwaited(ExportedType type) {
    return types.stream().anyMatch(other -> before(other).contains(type));
  }

  /** Returns the variables that identify a process, with this as its number. */
  static SequencedMap<String, String> identity(ExportedType type, String number) {
    var vars = InstanceVars.of(type.name() + "." + number, null);
    vars.remove("JLOCAL");
    return vars;
  }
}
