package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The selection of a backend, and the result if there is none. */
class BackendSetTest {
  private static final Timeouts TIMEOUTS = Timeouts.DEFAULT;

  /** States of web.1, web.2 and so on, as words. */
  private static BackendSet set(String states) {
    var statuses = new ArrayList<BackendSet.Status>();
    for (String state :
        states.isBlank() ? List.<String>of() : List.of(states.trim().split(" +", -1))) {
      int index = statuses.size() + 1;
      var backend = new Backend(new InstanceName(ProcessType.WEB, index), 5000 + index);
      statuses.add(
          new BackendSet.Status(backend, BackendState.valueOf(state.toUpperCase(Locale.ROOT))));
    }
    return new BackendSet(statuses);
  }

  private static String selection(BackendSet set, long turn, BackendSet.Query query) {
    return switch (set.select(turn, query, TIMEOUTS)) {
      case BackendSet.Selection.Use(Backend backend) -> backend.toString();
      case BackendSet.Selection.Wait(Duration atMost) -> "wait " + atMost.toMillis();
      case BackendSet.Selection.Fail(RouterError error, BackendSet.Status about) ->
          error + (about == null ? "" : " " + about.backend());
    };
  }

  private static BackendSet.Query query() {
    return new BackendSet.Query(BackendSet.Target.WEB, null);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          up up up             | web.1 web.2 web.3 web.1 web.2
          up starting up       | web.1 web.3 web.1 web.3 web.1
          draining up crashed   | web.2 web.2 web.2 web.2 web.2
          """)
  void instances_that_are_up_take_turns(String states, String turns) {
    BackendSet backends = set(states);
    assertThat(
            LongStream.range(0, 5)
                .mapToObj(turn -> selection(backends, turn, query()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(turns.trim());
  }

  @Test
  void turns_may_be_any_number() {
    assertThat(selection(set("up up"), Long.MIN_VALUE, query())).isEqualTo("web.1");
    assertThat(selection(set("up up"), -1, query())).isEqualTo("web.2");
    assertThat(selection(set("up up"), Long.MAX_VALUE, query())).isEqualTo("web.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          starting              |     0 | wait 30000
          starting              | 10000 | wait 20000
          starting              | 30000 | H20 web.1
          crashed starting      |     0 | wait 30000
          draining               |  1000 | wait 29000
          restarting            |     0 | wait 2000
          restarting            |  2000 | H10 web.1
          crashed restarting    |  2000 | H10 web.2
          restarting starting   |  5000 | wait 25000
          crashed               |     0 | H10 web.1
          draining crashed       |     0 | wait 30000
          ''                    |     0 | H14
          """)
  void when_no_instance_is_up_the_most_promising_one_decides(
      String states, long waited, String expected) {
    BackendSet.Query query = query().after(Duration.ofMillis(waited));
    assertThat(selection(set(states), 0, query)).isEqualTo(expected);
  }

  @Test
  void an_instance_that_refused_is_skipped_until_all_have() {
    BackendSet backends = set("up up");
    BackendSet.Query query = query();
    query = query.without(backends.up().getFirst());
    assertThat(selection(backends, 0, query)).isEqualTo("web.2");
    query = query.without(backends.up().getLast());
    assertThat(selection(backends, 0, query)).isEqualTo("wait 50");
    query = query.after(Duration.ofMinutes(1));
    query = query.without(backends.up().getFirst());
    query = query.without(backends.up().getLast());
    assertThat(selection(backends, 0, query)).isEqualTo("H21 web.1");
  }

  @Test
  void a_sticky_client_comes_back_to_its_instance_while_that_is_up() {
    var query = new BackendSet.Query(BackendSet.Target.WEB, "web.2");
    assertThat(selection(set("up up up"), 0, query)).isEqualTo("web.2");
    assertThat(selection(set("up draining up"), 0, query)).isEqualTo("web.1");
  }

  @Test
  void an_instance_asked_for_by_name_is_the_only_one() {
    var target = new BackendSet.Target(ProcessType.WEB, 3);
    assertThat(selection(set("up up up").matching(target), 0, query())).isEqualTo("web.3");
    assertThat(selection(set("up up").matching(target), 0, query())).isEqualTo("H14");
  }

  @Test
  void a_wrong_port_is_not_waited_for() {
    var backend = new Backend(Stage.web(1), 5000);
    var set = new BackendSet(List.of(new BackendSet.Status(backend, BackendState.STARTING, 3000)));
    assertThat(selection(set, 0, query())).isEqualTo("H20 web.1");
  }
}
