package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.formation.AppDefinition;
import jlocal.formation.Scale;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
  private static final AppDefinition APP =
      InstanceSelectorTest.blueprint(Map.of("web", "serve", "worker", "work"));
  private static final DesiredState BOTH =
      DesiredState.of(APP, Scale.ONE_OF_EACH.over(APP.procfile())).value();

  @Test
  void scaling_changes_the_named_types_only() {
    DesiredState scaled = BOTH.scaled(List.of("web+2")).value();

    assertThat(scaled.instances()).isEqualTo(Map.of("web", 3, "worker", 1));
    assertThat(scaled.formation().specs()).hasSize(4);
  }

  @Test
  void an_unknown_type_changes_nothing() {
    Reading<DesiredState> scaled = BOTH.scaled(List.of("web=2", "wrker=1"));

    assertThat(scaled.hasErrors()).isTrue();
    assertThat(scaled.value()).isEqualTo(BOTH);
  }

  @Test
  void start_gives_a_type_without_instances_one() {
    DesiredState without = BOTH.scaled(List.of("worker=0")).value();

    assertThat(without.changes(List.of("web", "worker", "web=2", "worker.1")))
        .containsExactly("worker=1", "web=2");
  }

  @Test
  void a_revision_keeps_the_counts_and_the_ports() {
    DesiredState two = BOTH.scaled(List.of("worker=2")).value();
    var read = InstanceSelectorTest.blueprint(Map.of("worker", "work hard", "clock", "tick"));

    DesiredState revised =
        two.revised(Reading.of(read), Scale.ONE_OF_EACH.over(read.procfile())).value();

    assertThat(revised.instances()).isEqualTo(Map.of("clock", 1, "worker", 2));
    var ports = new LinkedHashMap<String, Integer>();
    revised.formation().specs().forEach((name, spec) -> ports.put("" + name, spec.port()));
    assertThat(ports).isEqualTo(Map.of("worker.1", 5100, "worker.2", 5101, "clock.1", 5200));
  }
}
