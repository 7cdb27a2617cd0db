package jlocal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTest {
  @ParameterizedTest(name = "{0}, {1}, terminal: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTO   |                                | true  | true",
        "AUTO   |                                | false | false",
        "AUTO   | TERM=dumb                      | true  | false",
        "AUTO   | TERM=xterm                     | true  | true",
        "AUTO   | NO_COLOR=1                     | true  | false",
        "AUTO   | NO_COLOR=0                     | true  | false",
        "AUTO   | NO_COLOR=                      | true  | true",
        "AUTO   | FORCE_COLOR=1                  | false | true",
        "AUTO   | FORCE_COLOR=                   | false | false",
        "AUTO   | FORCE_COLOR=0                  | true  | false",
        "AUTO   | FORCE_COLOR=false              | true  | false",
        "AUTO   | FORCE_COLOR=3 TERM=dumb        | true  | true",
        "AUTO   | CLICOLOR_FORCE=1               | false | true",
        "AUTO   | CLICOLOR_FORCE=0               | true  | true",
        "AUTO   | CLICOLOR_FORCE=0               | false | false",
        "AUTO   | NO_COLOR=1 FORCE_COLOR=1       | true  | false",
        "AUTO   | NO_COLOR=1 CLICOLOR_FORCE=1    | true  | false",
        "ALWAYS | NO_COLOR=1 TERM=dumb           | false | true",
        "NEVER  | FORCE_COLOR=1 CLICOLOR_FORCE=1 | true  | false",
      })
  void colours_follow_option_environment_terminal(
      When mode, String environment, boolean terminal, boolean expected) {
    assertThat(mode.colors(variables(environment), terminal)).isEqualTo(expected);
  }

  private static Map<String, String> variables(String environment) {
    var variables = new HashMap<String, String>();
    if (environment == null) return variables;
    for (String variable : environment.split(" ", -1)) {
      String[] parts = variable.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }
}
