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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the rotation. */
class LineupTest {
  private static final Patience PATIENCE = Patience.HEROKU;

  /** States of web.1, web.2 and so on, as words. */
  private static Lineup lineup(String states) {
    var standings = new ArrayList<Standing>();
    for (String state :
        states.isBlank() ? List.<String>of() : List.of(states.trim().split(" +", -1))) {
      int index = standings.size() + 1;
      var backend = new Backend(new InstanceName(ProcessType.WEB, index), 5000 + index);
      standings.add(new Standing(backend, BackendState.valueOf(state.toUpperCase(Locale.ROOT))));
    }
    return new Lineup(standings);
  }

  private static String choice(Lineup lineup, long turn, Asking asking) {
    return switch (lineup.choose(turn, asking, PATIENCE)) {
      case Choice.Go(Backend backend) -> backend.toString();
      case Choice.Await(Duration atMost) -> "wait " + atMost.toMillis();
      case Choice.Again() -> "again";
      case Choice.Refuse(Fault fault, Standing about) ->
          fault + (about == null ? "" : " " + about.backend());
    };
  }

  private static Asking asking() {
    return new Asking(Target.WEB, null);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          up up up             | web.1 web.2 web.3 web.1 web.2
          up starting up       | web.1 web.3 web.1 web.3 web.1
          leaving up crashed   | web.2 web.2 web.2 web.2 web.2
          """)
  void those_that_are_up_take_turns(String states, String turns) {
    Lineup lineup = lineup(states);
    assertThat(
            LongStream.range(0, 5)
                .mapToObj(turn -> choice(lineup, turn, asking()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(turns.trim());
  }

  @Test
  void turns_may_be_any_number() {
    assertThat(choice(lineup("up up"), Long.MIN_VALUE, asking())).isEqualTo("web.1");
    assertThat(choice(lineup("up up"), -1, asking())).isEqualTo("web.2");
    assertThat(choice(lineup("up up"), Long.MAX_VALUE, asking())).isEqualTo("web.2");
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
          leaving               |  1000 | wait 29000
          restarting            |     0 | wait 2000
          restarting            |  2000 | H10 web.1
          crashed restarting    |  2000 | H10 web.2
          restarting starting   |  5000 | wait 25000
          crashed               |     0 | H10 web.1
          leaving crashed       |     0 | wait 30000
          ''                    |     0 | H14
          """)
  void when_none_is_up_the_best_hope_decides(String states, long waited, String expected) {
    Asking asking = asking();
    asking.again(Duration.ofMillis(waited));
    assertThat(choice(lineup(states), 0, asking)).isEqualTo(expected);
  }

  @Test
  void one_that_refused_is_passed_over_until_all_did() {
    Lineup lineup = lineup("up up");
    Asking asking = asking();
    asking.refusedBy(lineup.up().getFirst());
    assertThat(choice(lineup, 0, asking)).isEqualTo("web.2");
    asking.refusedBy(lineup.up().getLast());
    assertThat(choice(lineup, 0, asking)).isEqualTo("again");
    asking.again(Duration.ofMinutes(1));
    asking.refusedBy(lineup.up().getFirst());
    asking.refusedBy(lineup.up().getLast());
    assertThat(choice(lineup, 0, asking)).isEqualTo("H21 web.1");
  }

  @Test
  void a_sticky_client_comes_back_to_its_instance_while_that_is_up() {
    var asking = new Asking(Target.WEB, "web.2");
    assertThat(choice(lineup("up up up"), 0, asking)).isEqualTo("web.2");
    assertThat(choice(lineup("up leaving up"), 0, asking)).isEqualTo("web.1");
  }

  @Test
  void an_instance_asked_for_by_name_is_the_only_one() {
    var target = new Target(ProcessType.WEB, 3);
    assertThat(choice(lineup("up up up").only(target), 0, asking())).isEqualTo("web.3");
    assertThat(choice(lineup("up up").only(target), 0, asking())).isEqualTo("H14");
  }

  @Test
  void a_wrong_port_is_not_waited_for() {
    var backend = new Backend(Stage.web(1), 5000);
    var lineup = new Lineup(List.of(new Standing(backend, BackendState.STARTING, 3000)));
    assertThat(choice(lineup, 0, asking())).isEqualTo("H20 web.1");
  }
}
