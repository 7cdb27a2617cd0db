package jlocal.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerEnvironmentTest {
  @Test
  void the_launchers_changes_are_undone_for_children() {
    var expected = new LinkedHashMap<String, @Nullable String>();
    expected.put("JLOCAL_CALLER_LC_ALL", null);
    expected.put("LC_ALL", "C");
    assertThat(CallerEnvironment.restore(Map.of("LC_ALL", "C.UTF-8", "JLOCAL_CALLER_LC_ALL", "=C")))
        .isEqualTo(expected);
  }

  @Test
  void unset_variables_are_unset_again() {
    var expected = new LinkedHashMap<String, @Nullable String>();
    expected.put("JLOCAL_CALLER_LC_ALL", null);
    expected.put("LC_ALL", null);
    assertThat(CallerEnvironment.restore(Map.of("LC_ALL", "C.UTF-8", "JLOCAL_CALLER_LC_ALL", "")))
        .isEqualTo(expected);
  }

  @Test
  void an_unchanged_environment_stays_unchanged() {
    assertThat(CallerEnvironment.restore(Map.of("LC_ALL", "de_DE.UTF-8", "JLOCAL_PORT", "1")))
        .isEmpty();
  }

  @Test
  void variables_that_the_launchers_shell_dropped_are_added() {
    var expected = new LinkedHashMap<String, @Nullable String>();
    expected.put("JLOCAL_CALLER_ODD", null);
    expected.put("a.b", "x=y\nz");
    expected.put("f%%", "");
    String odd = Base64.getEncoder().encodeToString("a.b=x=y\nz\0f%%=\0".getBytes(UTF_8));
    assertThat(CallerEnvironment.restore(Map.of("JLOCAL_CALLER_ODD", odd))).isEqualTo(expected);
  }
}
