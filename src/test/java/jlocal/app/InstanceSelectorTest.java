package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.formation.Scale;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceSelectorTest {
  private static final AppDefinition APP =
      blueprint(Map.of("web", "serve", "worker", "work", "clock", "tick"));
  private static final Formation RUNNING =
      APP.formation(Scale.read("web=2,clock=0").value().over(APP.procfile())).value();

  static AppDefinition blueprint(Map<String, String> commands) {
    var entries = new LinkedHashMap<ProcessType, Command>();
    new TreeMap<>(commands)
        .forEach((type, line) -> entries.put(new ProcessType(type), new Command(line)));
    return AppDefinition.of(Procfile.of(entries), new LinkedHashMap<>(), new PortPlan(5000, 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''           | [web.1, web.2, worker.1]
          web          | [web.1, web.2]
          web.2        | [web.2]
          worker web.1 | [worker.1, web.1]
          web.1 web    | [web.1, web.2]
          """)
  void a_word_means_a_type_or_an_instance(String words, String meant) {
    var named =
        InstanceSelector.select(
            List.of(words.isEmpty() ? new String[0] : words.split(" ")), RUNNING, APP);

    assertThat(named.problems()).isEmpty();
    assertThat(named.value().toString()).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wrker    | did you mean 'worker'?
          wep.2    | did you mean 'web.2'?
          zzz      | 'jlocal ps' lists
          web.9    | web has 2 instances, web.1 to web.2
          worker.2 | worker has one instance, worker.1
          clock    | clock has no instances
          web=2    | there is no 'web=2'
          """)
  void an_unknown_word_gets_a_hint(String word, String help) {
    var named = InstanceSelector.select(List.of(word), RUNNING, APP);

    assertThat(named.problems()).hasSize(1);
    assertThat(named.problems()).extracting(Problem::toString).first().asString().contains(help);
  }
}
