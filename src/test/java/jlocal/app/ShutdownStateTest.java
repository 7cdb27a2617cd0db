package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jlocal.os.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All combinations of request, earlier requests and time since then. */
class ShutdownStateTest {
  /** Requests as MS WORD | what was done at each | the exit code. */
  private static final String TABLE =
      """
      0 INT                                | STOP                         | 0
      0 TERM                               | STOP                         | 0
      0 HUP                                | STOP                         | 0
      0 q                                  | STOP                         | 0
      0 stop                               | STOP                         | 0
      0 crash                              | STOP                         | 7
      0 INT, 0 INT                         | STOP NOTHING                 | 0
      0 TERM, 2 TERM                       | STOP NOTHING                 | 0
      0 INT, 2 TERM, 999 HUP               | STOP NOTHING NOTHING         | 0
      0 INT, 999 INT, 1000 INT             | STOP NOTHING KILL            | 130
      0 TERM, 1500 TERM                    | STOP KILL                    | 143
      0 INT, 1500 TERM                     | STOP KILL                    | 143
      0 TERM, 1500 INT                     | STOP KILL                    | 130
      0 HUP, 1 TERM                        | STOP NOTHING                 | 0
      0 HUP, 1500 HUP                      | STOP KILL                    | 129
      0 q, 1 INT                           | STOP NOTHING                 | 0
      0 q, 1500 INT                        | STOP KILL                    | 130
      0 INT, 1500 q                        | STOP KILL                    | 0
      0 q, 1 q, 1500 q                     | STOP NOTHING KILL            | 0
      0 stop, 1 stop                       | STOP NOTHING                 | 0
      0 stop, 1500 stop                    | STOP KILL                    | 0
      0 stop, 1 INT                        | STOP NOTHING                 | 0
      0 stop, 1500 INT                     | STOP KILL                    | 130
      0 TERM, 1500 stop                    | STOP NOTHING                 | 0
      0 INT, 9000 stop, 9500 stop          | STOP NOTHING NOTHING         | 0
      0 INT, 5000 stop, 6000 stop          | STOP NOTHING KILL            | 0
      0 q, 5000 stop                       | STOP NOTHING                 | 0
      0 crash, 1 stop                      | STOP NOTHING                 | 7
      0 crash, 5000 stop                   | STOP NOTHING                 | 7
      0 crash, 5000 stop, 6000 stop        | STOP NOTHING KILL            | 7
      0 crash, 5000 TERM                   | STOP NOTHING                 | 7
      0 crash, 5000 INT, 5002 TERM         | STOP NOTHING NOTHING         | 7
      0 crash, 5000 INT, 6500 INT          | STOP NOTHING KILL            | 130
      0 crash, 5000 q, 6500 q              | STOP NOTHING KILL            | 7
      0 TERM, 5000 crash                   | STOP NOTHING                 | 0
      0 crash, 5000 crash                  | STOP NOTHING                 | 7
      0 INT, 2000 INT, 4000 TERM, 5000 stop, 6000 q, 7000 crash | STOP KILL NOTHING NOTHING NOTHING NOTHING | 130
      """;

  private static ShutdownState.Request request(String word) {
    return switch (word) {
      case "q" -> new ShutdownState.Request.QuitKey();
      case "stop" -> new ShutdownState.Request.StopCommand();
      case "crash" -> new ShutdownState.Request.AppEnded(7);
      default -> new ShutdownState.Request.Received(Signal.valueOf(word));
    };
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void one_request_never_kills(String requests, String actions, int code) {
    ShutdownState state = new ShutdownState.Running();
    List<String> done = new ArrayList<>();
    for (String request : requests.split(", ", -1)) {
      String[] words = request.strip().split(" ", -1);
      long at = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[0]));
      ShutdownState.Step step = state.on(request(words[1]), at);
      state = step.next();
      done.add(step.action().toString());
    }
    assertThat(String.join(" ", done)).isEqualTo(actions);
    assertThat(state.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "INT, true, Ctrl-C again to kill",
    "TERM, true, Ctrl-C to kill",
    "TERM, false, SIGTERM again to kill",
    "HUP, false, SIGTERM to kill",
    "q, true, q again to kill",
    "stop, true, Ctrl-C to kill",
    "stop, false, '''jlocal stop'' again to kill'",
    "crash, true, ''",
  })
  void the_log_says_how_to_kill(String first, boolean terminal, String sentence) {
    var state = new ShutdownState.Running().on(request(first), 0).next();

    assertThat(state.howToKill(terminal)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "INT, 1, INT, SIGINT received: stopping, ",
    "INT, 1500, INT, SIGINT received: stopping, SIGINT received again: killing",
    "TERM, 1500, INT, SIGTERM received: stopping, SIGINT received: killing",
    "q, 1, INT, q: stopping, ",
    "stop, 1500, stop, jlocal stop: stopping, jlocal stop again: killing",
    "TERM, 1500, stop, SIGTERM received: stopping, jlocal stop: already stopping",
    "TERM, 500, stop, SIGTERM received: stopping, ",
    "crash, 1, TERM, , SIGTERM received: already stopping",
  })
  void the_log_says_what_a_request_does(
      String first, long ms, String second, String saidFirst, String saidThen) {
    var step = new ShutdownState.Running().on(request(first), 0);
    assertThat(step.sentence()).isEqualTo(saidFirst);

    var then = step.next().on(request(second), TimeUnit.MILLISECONDS.toNanos(ms));
    assertThat(then.sentence()).isEqualTo(saidThen);
  }
}
