package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;

class FormationTest {
  private static final PortPlan PORTS = new PortPlan(5000, 100);

  private static Procfile procfile(String... types) {
    var entries = new LinkedHashMap<ProcessType, Command>();
    for (String type : types) entries.put(new ProcessType(type), new Command("run " + type));
    return Procfile.of(entries);
  }

  private static SequencedMap<ProcessType, Integer> counts(Object... typesAndCounts) {
    var counts = new LinkedHashMap<ProcessType, Integer>();
    for (int i = 0; i < typesAndCounts.length; i += 2) {
      counts.put(new ProcessType((String) typesAndCounts[i]), (Integer) typesAndCounts[i + 1]);
    }
    return counts;
  }

  private static Reading<Formation> plan(
      Procfile procfile, SequencedMap<ProcessType, Integer> counts) {
    return Formation.plan(procfile, new LinkedHashMap<>(), counts, PORTS);
  }

  private static List<String> ports(Reading<Formation> plan) {
    return plan.value().specs().values().stream().map(s -> s.name() + " " + s.port()).toList();
  }

  @Test
  void a_types_port_is_its_place_in_the_whole_procfile() {
    var plan = plan(procfile("release", "web", "worker", "clock"), counts("web", 2, "clock", 1));

    assertThat(ports(plan)).containsExactly("web.1 5000", "web.2 5001", "clock.1 5200");
  }

  @Test
  void release_does_not_count_and_comes_after_the_last() {
    var plan = plan(procfile("web", "release", "worker"), counts("release", 1, "worker", 1));

    assertThat(ports(plan)).containsExactly("release.1 5200", "worker.1 5100");
  }

  @Test
  void a_config_var_never_changes_an_instances_own_names() {
    var vars = new LinkedHashMap<>(Map.of("PORT", "1", "DYNO", "x", "KEY", "value"));
    var plan = Formation.plan(procfile("web"), vars, counts("web", 1), PORTS);

    assertThat(plan.value().of(ProcessType.WEB).getFirst().environment())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "KEY", "value",
                "PORT", "5000",
                "DYNO", "web.1",
                "PS", "web.1",
                "FOREMAN_WORKER_NAME", "web.1",
                "JLOCAL", "1"));
  }

  @Test
  void two_instances_never_share_a_port() {
    var plan = plan(procfile("web", "worker"), counts("web", 101, "worker", 1));

    assertThat(plan.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "jlocal: error: web.101 and worker.1 would both get PORT 5100\n"
                + "   hint: increase the distance between types: --port-step 1000");
  }

  @Test
  void a_type_may_run_into_the_ports_of_one_that_does_not_run() {
    assertThat(plan(procfile("web", "worker"), counts("web", 101)).problems()).isEmpty();
  }

  @Test
  void ports_above_the_highest_are_an_error() {
    var high = new PortPlan(65_535, 100);
    var plan =
        Formation.plan(procfile("web", "worker"), new LinkedHashMap<>(), counts("worker", 1), high);

    assertThat(plan.problems())
        .extracting(Problem::what)
        .containsExactly("worker.1 would get PORT 65635, but ports end at 65535");
  }

  @Test
  void the_last_tcp_port_can_be_assigned() {
    var last = new PortPlan(65_535, 100);
    var plan = Formation.plan(procfile("web"), new LinkedHashMap<>(), counts("web", 1), last);

    assertThat(plan.problems()).isEmpty();
    assertThat(last.next()).isEqualTo(new PortPlan(65_635, 100));
  }

  @Test
  void instances_are_found_by_name_and_by_type() {
    var formation = plan(procfile("web", "worker", "clock"), counts("web", 2, "worker", 1)).value();

    assertThat(formation.has(new InstanceName(ProcessType.WEB, 2))).isTrue();
    assertThat(formation.has(new InstanceName(ProcessType.WEB, 3))).isFalse();
    assertThat(formation.of(ProcessType.WEB))
        .extracting(spec -> spec.name().index())
        .containsExactly(1, 2);
    assertThat(formation.of(new ProcessType("clock"))).isEmpty();
    assertThat(formation.counts()).isEqualTo(counts("web", 2, "worker", 1));
  }

  @Test
  void instances_are_ordered_by_type_and_then_by_number() {
    var worker = new ProcessType("worker");
    var ordered =
        List.of(
            new InstanceName(ProcessType.WEB, 2),
            new InstanceName(ProcessType.WEB, 10),
            new InstanceName(worker, 1));

    assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
  }
}
