package jlocal.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Directive;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/** Determines the start order of a Procfile from its directives and the servers it starts. */
public final class StartOrderReader {
  /** Substrings of the programs' names; commands without any of them start no known server. */
  static final List<String> HINTS =
      List.of(
          "postgres",
          "postmaster",
          "redis",
          "valkey",
          "mysqld",
          "mariadbd",
          "mongo",
          "rabbitmq",
          "memcached",
          "search",
          "nats",
          "kafka",
          "minio",
          "mailpit",
          "MailServer",
          "docker",
          "podman",
          "npm",
          "yarn",
          "bun");

  private static final String NONE = "none";
  private static final double MAX_SECONDS = 86_400;

  private final Procfile procfile;
  private final Duration timeout;
  private final Function<String, @Nullable String> files;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<ProcessType, Map<Directive.Key, Directive>> directives = new LinkedHashMap<>();
  private final SequencedMap<ProcessType, StartOrder.Rule> rules = new LinkedHashMap<>();

  private StartOrderReader(
      Procfile procfile, Duration timeout, Function<String, @Nullable String> files) {
    this.procfile = procfile;
    this.timeout = timeout;
    this.files = files;
  }

  /** A directive of the settings file, and the type it names. */
  public record Setting(String type, Directive directive) {}

  /**
   * Returns the start order, and problems of the directives.
   *
   * @param settings overrule the directives of the Procfile; those of unknown types are ignored
   * @param timeout how long others wait for a type by default
   * @param files reads a file of the app; null if it does not exist
   */
  public static Reading<StartOrder> read(
      Procfile procfile,
      List<Setting> settings,
      Duration timeout,
      Function<String, @Nullable String> files) {
    return new StartOrderReader(procfile, timeout, files).read(settings);
  }

  private Reading<StartOrder> read(List<Setting> settings) {
    procfile
        .directives()
        .forEach((type, all) -> all.forEach(each -> add(new ProcessType(type), each)));
    for (Setting setting : settings) {
      if (procfile.commands().containsKey(setting.type())) {
        add(new ProcessType(setting.type()), setting.directive());
      }
    }
    procfile.entries().forEach((type, command) -> rules.put(type, rule(type, command.line())));
    Problem cycle = problems.isEmpty() ? cycle() : null;
    if (cycle != null) problems.add(cycle);
    boolean isValid = problems.isEmpty();
    if (isValid) addServers();
    return new Reading<>(isValid ? new StartOrder(rules) : StartOrder.NONE, problems);
  }

  private void add(ProcessType type, Directive directive) {
    directives
        .computeIfAbsent(type, _ -> new EnumMap<>(Directive.Key.class))
        .put(directive.key(), directive);
  }

  private StartOrder.Rule rule(ProcessType type, String command) {
    ServerCommand server = server(type, command);
    var given = directives.getOrDefault(type, Map.of());
    var after = new LinkedHashMap<ProcessType, String>();
    Directive directive = given.get(Directive.Key.AFTER);
    if (directive != null) {
      for (ProcessType each : types(directive)) after.put(each, directive.origin().toString());
    }
    Readiness readiness = readiness(type, server, given.get(Directive.Key.READY));
    Directive watchdog = given.get(Directive.Key.WATCHDOG);
    if (watchdog != null && !(readiness instanceof Readiness.Notify)) {
      problems.add(watchdog.error("it has no effect without ready=notify"));
    }
    return new StartOrder.Rule(
        after,
        readiness,
        seconds(given.get(Directive.Key.TIMEOUT), timeout),
        seconds(watchdog, Duration.ZERO),
        server == null ? null : server.server());
  }

  /** A type that receives requests is not a server that others depend on, whatever its program. */
  private @Nullable ServerCommand server(ProcessType type, String command) {
    if (type.equals(ProcessType.WEB)) return null;
    for (String hint : HINTS) if (command.contains(hint)) return ServerCommand.of(command, files);
    return null;
  }

  private Readiness readiness(
      ProcessType type, @Nullable ServerCommand server, @Nullable Directive directive) {
    try {
      if (directive != null) return Readiness.of(directive.value());
    } catch (IllegalArgumentException e) {
      problems.add(directive.error(String.valueOf(e.getMessage())));
    }
    if (type.equals(ProcessType.WEB)) return new Readiness.Port(List.of());
    if (type.equals(ProcessType.RELEASE)) return new Readiness.Exit();
    return server == null ? new Readiness.Alive() : server.readiness();
  }

  private List<ProcessType> types(Directive after) {
    var types = new ArrayList<ProcessType>();
    if (after.value().isBlank()) {
      problems.add(after.error("it names no type").hint("'none' means to start at once"));
    }
    for (String word : after.value().split("[,\\s]+", -1)) {
      if (word.isEmpty() || isNone(word)) continue;
      ProcessType type = type(word, after);
      if (type != null) types.add(type);
    }
    return types;
  }

  private boolean isNone(String word) {
    return word.equals(NONE) && !procfile.commands().containsKey(NONE);
  }

  private @Nullable ProcessType type(String word, Directive at) {
    ProcessType type = ProcessType.isName(word) ? new ProcessType(word) : null;
    if (type != null && procfile.commands().containsKey(word)) return type;
    Set<String> names = procfile.commands().keySet();
    String meant = Nearest.hint(word.replaceFirst("\\..*", ""), names);
    problems.add(at.error("no process type '" + Printable.of(word) + "'" + meant));
    return null;
  }

  private Duration seconds(@Nullable Directive given, Duration standard) {
    if (given == null) return standard;
    String text = given.value();
    if (text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?") && Double.parseDouble(text) <= MAX_SECONDS) {
      return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
    problems.add(
        given.error(
            "'" + Printable.of(text) + "' is not a number of seconds, 0 (no limit) to 86400"));
    return standard;
  }

  /**
   * Makes every other type wait for the servers, unless they wait for it or it is marked {@code
   * after=none}.
   */
  private void addServers() {
    for (ProcessType server : List.copyOf(rules.keySet())) {
      KnownServer kind = ruleOf(server).server();
      if (kind == null) continue;
      for (ProcessType type : List.copyOf(rules.keySet())) {
        StartOrder.Rule rule = ruleOf(type);
        boolean isFree = rule.server() == null && !rule.after().containsKey(server);
        boolean reversed = new StartOrder(rules).prerequisites(server).contains(type);
        boolean isAfterNothing = after(type) != null && rule.after().isEmpty();
        if (!isFree || reversed || isAfterNothing) continue;
        var after = new LinkedHashMap<>(rule.after());
        after.put(server, "because " + server + " is " + kind);
        rules.put(type, rule.after(after));
      }
    }
  }

  private StartOrder.Rule ruleOf(ProcessType type) {
    return Objects.requireNonNull(rules.get(type));
  }

  private @Nullable Directive after(ProcessType type) {
    return directives.getOrDefault(type, Map.of()).get(Directive.Key.AFTER);
  }

  /** Returns an error that shows a cycle; null if there is none. */
  private @Nullable Problem cycle() {
    var done = new LinkedHashSet<ProcessType>();
    for (ProcessType type : rules.keySet()) {
      List<ProcessType> path = cycle(type, new ArrayList<>(), done);
      if (path == null) continue;
      String round = path.stream().map(ProcessType::name).collect(Collectors.joining(" after "));
      String what = "a cycle, so that none of them can start first: " + round;
      Directive first = Objects.requireNonNull(after(path.getFirst()));
      return first.error(what).hint("remove one 'after': " + origins(path));
    }
    return null;
  }

  private String origins(List<ProcessType> path) {
    return path.subList(0, path.size() - 1).stream()
        .map(this::after)
        .filter(Objects::nonNull)
        .map(after -> after.origin().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private @Nullable List<ProcessType> cycle(
      ProcessType type, List<ProcessType> path, Set<ProcessType> done) {
    if (path.contains(type)) {
      var round = new ArrayList<>(path.subList(path.indexOf(type), path.size()));
      round.add(type);
      return round;
    }
    if (!done.add(type)) return null;
    path.add(type);
    for (ProcessType before : ruleOf(type).after().keySet()) {
      List<ProcessType> found = cycle(before, path, done);
      if (found != null) return found;
    }
    path.removeLast();
    return null;
  }
}
