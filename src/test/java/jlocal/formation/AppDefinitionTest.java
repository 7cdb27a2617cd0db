package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppDefinitionTest {
  private static Procfile procfile(String... types) {
    var entries = new LinkedHashMap<ProcessType, Command>();
    for (String type : types) entries.put(new ProcessType(type), new Command("run " + type));
    return Procfile.of(entries);
  }

  private static SequencedMap<ProcessType, Integer> counts(String spec) {
    return Scale.read(spec).value().over(procfile("web", "worker", "a-1"));
  }

  private static AppDefinition definition(String... types) {
    return AppDefinition.of(procfile(types), new LinkedHashMap<>(), new PortPlan(5000, 100));
  }

  private static String ports(Formation formation) {
    return formation.specs().values().stream()
        .map(spec -> spec.name() + ":" + spec.port())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          web=3             | web=3 worker=1 a-1=0
          web+1             | web=3 worker=1 a-1=0
          web-1             | web=1 worker=1 a-1=0
          web=0 worker+2    | web=0 worker=3 a-1=0
          web=1,web+1,web+1 | web=3 worker=1 a-1=0
          a-1=2             | web=2 worker=1 a-1=2
          a-1+1             | web=2 worker=1 a-1=1
          web=1000          | web=1000 worker=1 a-1=0
          """)
  void changes_are_applied_one_after_the_other(String words, String after) {
    var scaled =
        definition("web", "worker", "a-1")
            .scaled(counts("web=2,worker=1,a-1=0"), List.of(words.split(" ")));

    assertThat(scaled.problems()).isEmpty();
    assertThat(
            scaled.value().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" ")))
        .isEqualTo(after);
  }

  @Test
  void a_service_has_one_instance_on_its_own_port() {
    var own = new TypeSettings(Map.of(), null, null, null, 21_234);
    var types = Map.of(new ProcessType("worker"), own);
    var said = new AppSettings(List.of(), types, new TreeMap<>(), new TreeMap<>());
    var app = definition("web", "worker", "a-1").with(said, StartOrder.NONE);
    assertThat(ports(app.formation(counts("all=2")).value()))
        .isEqualTo("web.1:5000 web.2:5001 worker.1:21234 a-1.1:5200 a-1.2:5201");
    assertThat(app.scaled(counts("all=2"), List.of("web=3")).problems()).isEmpty();
    assertThat(app.scaled(counts("all=1"), List.of("worker+1")).problems())
        .extracting(Problem::what)
        .containsExactly("worker cannot run 2 times: it is one server, on port 21234");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          web         | is not TYPE=N
          web=        | is not TYPE=N
          web=x       | is not TYPE=N
          web==2      | is not TYPE=N
          web=2:large | sets a dyno size
          web-3       | web has only 2
          web=1001    | more than 1000 of web
          web+999     | more than 1000 of web
          wep=2       | web
          """)
  void invalid_changes_are_refused(String word, String why) {
    var scaled = definition("web", "worker").scaled(counts("web=2"), List.of(word));

    assertThat(scaled.hasErrors()).isTrue();
    assertThat(scaled.problems()).extracting(Problem::toString).first().asString().contains(why);
  }

  @Test
  void ports_do_not_change_when_other_types_are_added_or_removed() {
    AppDefinition before = definition("web", "worker", "clock");
    AppDefinition after = before.revised(definition("new", "web", "clock"));

    assertThat(ports(before.formation(Scale.ONE_OF_EACH.over(before.procfile())).value()))
        .isEqualTo("web.1:5000 worker.1:5100 clock.1:5200");
    assertThat(ports(after.formation(Scale.ONE_OF_EACH.over(after.procfile())).value()))
        .isEqualTo("web.1:5000 clock.1:5200 new.1:5300");
  }

  @Test
  void a_removed_type_cannot_be_scaled() {
    AppDefinition after = definition("web", "worker").revised(definition("web"));

    assertThat(after.scaled(counts("web=1"), List.of("worker=1")).hasErrors()).isTrue();
  }

  @Test
  void a_type_that_stays_is_in_the_order_once() {
    var revised = definition("web", "worker").revised(definition("worker", "clock"));

    assertThat(revised.typeOrder())
        .extracting(ProcessType::name)
        .containsExactly("web", "worker", "clock");
  }
}
