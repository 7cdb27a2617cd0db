package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  private static final Procfile PROCFILE = procfile("release", "web", "worker", "clock");

  private static Procfile procfile(String... names) {
    var entries = new LinkedHashMap<ProcessType, Command>();
    for (String name : names) entries.put(new ProcessType(name), new Command("true"));
    return Procfile.of(entries);
  }

  /** Returns what runs: {@code web=2 worker=1}. */
  private static String over(Scale scale) {
    return scale.over(PROCFILE).entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | web=1 worker=1 clock=1",
        "web=2          | web=2 worker=1 clock=1",
        "web=2,worker=0 | web=2 clock=1",
        "worker         | web=1 worker=1 clock=1",
        "all=0,web      | web=1",
        "all=2,clock=0  | web=2 worker=2",
        "web=2,web=3    | web=3 worker=1 clock=1",
        "release=1      | release=1 web=1 worker=1 clock=1",
        "' web=2, clock=0 ,' | web=2 worker=1",
        "web=1000       | web=1000 worker=1 clock=1"
      })
  void a_formation_counts_the_types_it_names_and_leaves_the_others_at_one(
      String spec, String runs) {
    var reading = Scale.read(spec);
    assertThat(reading.problems()).isEmpty();
    assertThat(over(reading.value())).isEqualTo(runs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''           | ''             | web=1 worker=1 clock=1",
        "''           | web            | web=1",
        "''           | web worker=2   | web=1 worker=2",
        "''           | web=2,worker=1 | web=2 worker=1",
        "web=3        | web            | web=3",
        "web=3        | web=2          | web=2",
        "web=3        | worker         | worker=1",
        "web=0        | web            | web=1",
        "''           | release        | release=1",
        "''           | all            | web=1 worker=1 clock=1",
        "all=2        | web            | web=2",
        "''           | all web=2      | web=2 worker=1 clock=1"
      })
  void arguments_select_types_and_keep_their_counts(String spec, String words, String runs) {
    var asked = words.isEmpty() ? List.<String>of() : List.of(words.split(" "));
    var reading = Scale.read(spec).value().only(asked);
    assertThat(reading.problems()).isEmpty();
    assertThat(over(reading.value())).isEqualTo(runs);
  }

  @Test
  void types_can_be_left_out() {
    var scale = Scale.ONE_OF_EACH.without(List.of(new ProcessType("clock")));
    assertThat(over(scale)).isEqualTo("web=1 worker=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web=x    | 'web=x' is not TYPE=N with a number, such as web=2",
        "web=-1   | 'web=-1' is not TYPE=N with a number, such as web=2",
        "web=     | 'web=' is not TYPE=N with a number, such as web=2",
        "web=2=3  | 'web=2=3' is not TYPE=N with a number, such as web=2",
        "web=1001 | 'web=1001' asks for more than 1000 instances",
        "=2       | '=2' is not TYPE or TYPE=N, such as web=2",
        "web:2    | 'web:2' is not TYPE or TYPE=N, such as web=2"
      },
      quoteCharacter = '"')
  void an_invalid_formation_is_reported(String spec, String what) {
    assertThat(Scale.read(spec).problems()).extracting(Problem::what).containsExactly(what);
    assertThat(Scale.ONE_OF_EACH.only(List.of(spec)).problems())
        .extracting(Problem::what)
        .containsExactly(what);
  }

  @Test
  void all_errors_of_a_formation_are_reported_at_once() {
    assertThat(Scale.read("web=x,worker=1,=2").problems()).hasSize(2);
  }

  @Test
  void a_type_the_procfile_does_not_have_is_an_error_with_the_nearest() {
    var problems = Scale.read("wbe=2,worker=2").value().unknownTypes(PROCFILE, "Procfile");
    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "no process type 'wbe' in Procfile; did you mean 'web'?"
                + Stream.of("release", "web", "worker", "clock")
                    .collect(Collectors.joining(", ", " (", ")")));
  }
}
