package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jlocal.app.KeyMenu.Act;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMenuTest {
  private static final List<String> TYPES = List.of("web", "worker");
  private static final List<String> INSTANCES = List.of("web.1", "web.2", "worker.1");

  private final KeyMenu menu = new KeyMenu();

  private Act press(String keys) {
    Act last = new Act.Nothing();
    for (char key : keys.toCharArray()) last = menu.press(key, TYPES, INSTANCES);
    return last;
  }

  @ParameterizedTest
  @CsvSource({
    "r1, 'Restart[name=web]'",
    "r3, 'Restart[name=web.2]'",
    "R4, 'Restart[name=worker.1]'",
    "s2, 'Solo[name=web.1]'",
    "s0, 'ShowAll[]'",
    "c1, 'Connect[name=web.1]'",
    "c3, 'Connect[name=worker.1]'",
    "f, 'Filter[]'",
    "q, 'Quit[]'",
    "x, 'Nothing[]'",
    "r5, 'Say[sentences=[nothing done]]'",
    "rr, 'Say[sentences=[nothing done]]'",
    "r?q, 'Quit[]'",
  })
  void each_key_has_its_action(String keys, String act) {
    assertThat(press(keys).toString()).isEqualTo(act);
  }

  @Test
  void a_question_lists_what_can_be_chosen() {
    assertThat(press("r"))
        .isEqualTo(new Act.Say(List.of("restart which?  1 web  2 web.1  3 web.2  4 worker.1")));
  }
}
