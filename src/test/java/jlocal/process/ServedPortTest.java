package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedPortTest {
  private static final String PAGE = "HTTP/1.1 200 OK";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "page", PAGE,
          "bare", "HTTP/1.0 302",
          "missing", "HTTP/1.1 404 Not Found",
          "broken", "HTTP/1.1 500 Internal Server Error",
          "inspector", "HTTP/1.0 400 Bad Request",
          "websocket", "HTTP/1.1 426 Upgrade Required",
          "late", "no answer in 10 s",
          "other", "-ERR unknown command",
          "silent", "");

  /** The ports of a process whose PORT is 5000, and what each answers; where it is reached. */
  @ParameterizedTest
  @CsvSource({
    "nothing is open,                          5000, false, '',                               5000",
    "one page,                                 5000, false, 5173 page,                        5173",
    "PORT is open,                             5000, true,  5173 page,                        5000",
    "PORT opens at last,                       5173, true,  5173 page,                        5000",
    "the lowest of two,                        5000, false, 5173 page 3000 page,              3000",
    "the one that was found stays,             5173, false, 5173 page 3000 page,              5173",
    "a page before an error,                   5000, false, 3000 missing 5173 bare,           5173",
    "an error is an answer,                    5000, false, 3000 broken,                      3000",
    "a debugger of node with a port of its own, 5000, false, 4000 inspector 5173 page,        5173",
    "a debugger of node alone,                 5000, false, 4000 inspector,                   5000",
    "a server of WebSockets alone,             5000, false, 24678 websocket,                  5000",
    "no HTTP,                                  5000, false, 3000 silent 3001 other 3002 late, 5000",
    "what was found has gone,                  5173, false, '',                               5173",
    "it is elsewhere now,                      5173, false, 5174 page,                        5174",
  })
  void the_port_is_chosen(String what, int now, boolean isOpen, String ports, int chosen) {
    var answers = new TreeMap<Integer, String>();
    String[] words = ports.isEmpty() ? new String[0] : ports.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      answers.put(Integer.valueOf(words[i]), ANSWERS.get(words[i + 1]));
    }
    assertThat(ServedPort.choose(5000, now, isOpen, answers)).as(what).isEqualTo(chosen);
  }

  @ParameterizedTest
  @ValueSource(ints = {9229, 5005, 5678, 2345, 5432, 6379})
  void debuggers_and_databases_are_not_probed(int port) {
    assertThat(ServedPort.isCandidate(port)).isFalse();
  }
}
