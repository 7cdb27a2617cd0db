package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Directive;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.ProcfileParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartOrderTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static Reading<StartOrder> read(String procfile, String... settings) {
    Procfile parsed =
        ProcfileParser.parse(procfile.getBytes(StandardCharsets.UTF_8), "Procfile").value();
    var all = new ArrayList<StartOrderReader.Setting>();
    for (String setting : settings) {
      String[] parts = setting.split("[.:]", 3);
      var origin = new Origin.Line(".jlocal", all.size() + 1);
      var key = Objects.requireNonNull(Directive.Key.of(parts[0]));
      all.add(new StartOrderReader.Setting(parts[1], new Directive(key, parts[2], origin)));
    }
    return StartOrderReader.read(parsed, all, TIMEOUT, _ -> null);
  }

  private static StartOrder order(String procfile, String... settings) {
    Reading<StartOrder> read = read(procfile, settings);
    assertThat(read.problems()).isEmpty();
    return read.value();
  }

  private static List<String> problems(String procfile, String... settings) {
    return read(procfile, settings).problems().stream().map(Problem::toString).toList();
  }

  private static String levels(StartOrder order) {
    return order.levels(order.rules().keySet()).stream()
        .map(level -> level.stream().map(ProcessType::name).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" | "));
  }

  private static ProcessType type(String name) {
    return new ProcessType(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web: a¶worker: b; web worker",
        "web: a¶db: postgres; db | web",
        "web: a¶db: postgres¶cache: redis-server¶worker: b; db cache | web worker",
        "# jlocal: after=migrate¶web: a¶# jlocal: ready=exit¶migrate: m¶db: postgres;"
            + " db | migrate | web",
        "# jlocal: after=none¶web: a¶db: postgres; web db",
        "# jlocal: after=web¶mail: mailpit¶web: a¶db: postgres; db | web | mail",
        "release: m¶web: a¶db: postgres; db | release web",
        "# jlocal: after=release¶web: a¶release: m; release | web",
        "web: redis-server¶worker: b; web worker",
      })
  void types_start_level_by_level(String procfile, String levels) {
    assertThat(levels(order(procfile.replace("¶", "\n")))).isEqualTo(levels);
  }

  @Test
  void rules_say_where_the_order_comes_from() {
    StartOrder order = order("db: postgres\n# jlocal: after=api\nweb: a\napi: b\n");
    assertThat(order.rule(type("web")).after())
        .isEqualTo(Map.of(type("api"), "Procfile:2", type("db"), "because db is postgres"));
  }

  @Test
  void the_settings_file_overrules_the_comment() {
    StartOrder order =
        order(
            "# jlocal: after=a ready=/x timeout=1\nweb: w\na: x\nb: y\n",
            "after.web:b",
            "timeout.web:2.5");
    StartOrder.Rule web = order.rule(ProcessType.WEB);
    assertThat(web.after()).isEqualTo(Map.of(type("b"), ".jlocal:1"));
    assertThat(web.timeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(web.readiness()).isEqualTo(new Readiness.Http("/x"));
  }

  @Test
  void a_type_without_a_directive_gets_a_default_readiness_check() {
    StartOrder order = order("web: a\nworker: b\nrelease: c\ndb: postgres -D x\n");
    assertThat(order.rule(ProcessType.WEB).readiness()).isEqualTo(new Readiness.Port(List.of()));
    assertThat(order.rule(type("worker")).readiness()).isEqualTo(new Readiness.Alive());
    assertThat(order.rule(type("release")).readiness()).isEqualTo(new Readiness.Exit());
    assertThat(order.rule(type("db")).readiness())
        .isEqualTo(new Readiness.Listening(KnownServer.POSTGRES));
    assertThat(order.rule(type("db")).timeout()).isEqualTo(TIMEOUT);
  }

  @Test
  void a_cycle_is_an_error_that_shows_the_whole_cycle() {
    assertThat(
            problems(
                "x: 1\n# jlocal: after=b\na: 2\n# jlocal: after=c\nb: 3\n# jlocal: after=a\nc: 4"))
        .containsExactly(
            "Procfile:2: error: after: a cycle, so that none of them can start first: a after b"
                + " after c after a\n"
                + "   hint: remove one 'after': Procfile:2, Procfile:4, Procfile:6");
    assertThat(problems("# jlocal: after=web\nweb: 1\n").getFirst()).contains("web after web");
  }

  @Test
  void unknown_types_and_bad_values_are_errors_with_their_place() {
    assertThat(problems("# jlocal: after=dbb,web.1\nweb: a\ndb: b\n"))
        .containsExactly(
            "Procfile:1: error: after: no process type 'dbb'; did you mean 'db'?",
            "Procfile:1: error: after: no process type 'web.1'; did you mean 'web'?");
    assertThat(problems("# jlocal: timeout=-1\nweb: a\n").getFirst())
        .startsWith("Procfile:1: error: timeout: '-1' is not a number of seconds");
    assertThat(problems("# jlocal: after=\nweb: a\ndb: redis-server\n").getFirst())
        .startsWith("Procfile:1: error: after: it names no type");
  }

  @Test
  void a_watchdog_needs_notify() {
    assertThat(problems("# jlocal: watchdog=5\nweb: a\n"))
        .containsExactly("Procfile:1: error: watchdog: it has no effect without ready=notify");
    assertThat(problems("# jlocal: watchdog=5 ready=notify\nweb: a\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot | did you mean 'port'?",
        "port:0 | '0' is not a port",
        "log:( | is not a regular expression: Unclosed group",
        "log: | is not one of",
        "exec | is not one of",
        "exit:0 | is not one of",
        "health | is not one of port, port:N, /PATH",
        "/a b | is not a path",
        "http://x | is not one of",
        "'' | is not one of",
      })
  void a_bad_probe_is_an_error(String ready, String error) {
    assertThat(problems("web: a\n", "ready.web:" + ready).getFirst())
        .startsWith(".jlocal:1: error: ready: ")
        .contains(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | Port[numbers=[]]",
        "port:80 | Port[numbers=[80]]",
        "/ | Http[path=/]",
        "/up?deep=1 | Http[path=/up?deep=1]",
        "log:Listening on .*:\\d+ | LogLine[regex=Listening on .*:\\d+]",
        "exit | Exit[]",
        "notify | Notify[]",
        "exec:pg_isready -p $PORT | Exec[command=pg_isready -p $PORT]",
      })
  void probes_are_read(String ready, String probe) {
    assertThat(order("web: a\n", "ready.web:" + ready).rule(ProcessType.WEB).readiness())
        .hasToString(probe);
  }

  @Test
  void dependencies_are_started_too_unless_excluded() {
    String text = "web: a\ndb: postgres\nworker: b\nrelease: c\n";
    Procfile procfile =
        ProcfileParser.parse(text.getBytes(StandardCharsets.UTF_8), "Procfile").value();
    StartOrder order = order(text);
    assertThat(counts(Scale.ONE_OF_EACH.only(List.of("web")).value(), procfile, order))
        .isEqualTo("web=1 db=1 worker=0 release=0");
    Scale without = Scale.ONE_OF_EACH.only(List.of("web", "db=0")).value();
    assertThat(counts(without, procfile, order)).isEqualTo("web=1 db=0 worker=0 release=0");
    assertThat(counts(Scale.ONE_OF_EACH.without(List.of(type("db"))), procfile, order))
        .isEqualTo("web=1 db=0 worker=1 release=0");
    assertThat(counts(Scale.ONE_OF_EACH.only(List.of("db")).value(), procfile, order))
        .isEqualTo("web=0 db=1 worker=0 release=0");
  }

  private static String counts(Scale scale, Procfile procfile, StartOrder order) {
    return scale.over(procfile, order).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  @Test
  void any_graph_is_ordered_or_reported_as_a_cycle() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      int types = 1 + random.nextInt(8);
      var edges = new LinkedHashMap<String, Set<String>>();
      for (int t = 0; t < types; t++) {
        var after = new HashSet<String>();
        for (int n = random.nextInt(3); n > 0; n--) after.add("t" + random.nextInt(types));
        edges.put("t" + t, after);
        if (!after.isEmpty())
          text.append("# jlocal: after=").append(String.join(",", after)).append('\n');
        text.append("t" + t + ": " + (random.nextInt(4) == 0 ? "redis-server" : "x") + "\n");
      }
      Reading<StartOrder> read = read(text.toString());
      assertThat(read.hasErrors()).as("seed %d\n%s", seed, text).isEqualTo(hasCycle(edges));
      if (!read.hasErrors()) check(read.value(), "seed " + seed + "\n" + text);
    }
  }

  private static boolean hasCycle(Map<String, Set<String>> edges) {
    var left = new LinkedHashMap<>(edges);
    while (left.keySet()
        .removeIf(
            type -> left.getOrDefault(type, Set.of()).stream().noneMatch(left::containsKey))) {}
    return !left.isEmpty();
  }

  @Test
  void an_order_tells_who_is_awaited_and_which_rules_are_the_same() {
    StartOrder flat = order("b: x\na: x\nweb: x\n");
    var names = List.of(new InstanceName(type("b"), 1), new InstanceName(type("a"), 1));
    assertThat(flat.isFlat()).isTrue();
    assertThat(flat.sorted(names)).isEqualTo(names);
    assertThat(flat.isAwaited(type("a"))).isFalse();
    StartOrder order = order("b: x\na: x\nweb: x\n", "after.b:a", "timeout.a:86400");
    assertThat(order.isFlat()).isFalse();
    assertThat(order.isAwaited(type("a"))).isTrue();
    assertThat(order.isAwaited(type("b"))).isFalse();
    for (String each : List.of("a", "b")) {
      assertThat(order.rule(type(each)).means(flat.rule(type(each)))).as(each).isFalse();
      assertThat(order.rule(type(each)).means(order.rule(type(each)))).as(each).isTrue();
    }
    StartOrder.Rule unknown = StartOrder.NONE.rule(type("a"));
    assertThat(unknown.readiness()).isEqualTo(new Readiness.Alive());
    assertThat(StartOrder.NONE.rule(ProcessType.WEB).means(unknown)).isFalse();
    assertThat(problems("a: x\n", "timeout.a:86401")).isNotEmpty();
  }

  /** Each type follows its prerequisites, and servers come first unless that is impossible. */
  private static void check(StartOrder order, String what) {
    List<List<ProcessType>> levels = order.levels(order.rules().keySet());
    var seen = new HashSet<ProcessType>();
    for (List<ProcessType> level : levels) {
      for (ProcessType type : level) {
        assertThat(seen).as(what).containsAll(order.rule(type).after().keySet());
        assertThat(order.prerequisites(type)).as(what).doesNotContain(type);
      }
      seen.addAll(level);
    }
    assertThat(seen).as(what).hasSameSizeAs(order.rules().keySet());
    var names = new ArrayList<InstanceName>();
    order.rules().keySet().forEach(type -> names.add(new InstanceName(type, 1)));
    List<InstanceName> sorted = order.sorted(names);
    order
        .rules()
        .forEach((type, rule) -> {
          for (ProcessType before : rule.after().keySet()) {
            assertThat(sorted.indexOf(new InstanceName(before, 1)))
                .as(what)
                .isLessThan(sorted.indexOf(new InstanceName(type, 1)));
            assertThat(order.dependents(before)).as(what).contains(type);
          }
        });
  }
}
