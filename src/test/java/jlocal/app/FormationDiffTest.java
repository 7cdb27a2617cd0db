package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.Scale;
import org.junit.jupiter.api.Test;

class FormationDiffTest {
  private final AppDefinition before =
      InstanceSelectorTest.blueprint(Map.of("web", "serve", "worker", "work"));

  private static Formation formation(AppDefinition app) {
    return app.formation(Scale.ONE_OF_EACH.over(app.procfile())).value();
  }

  private AppDefinition after(Map<String, String> commands, Map<String, String> vars) {
    var read = InstanceSelectorTest.blueprint(commands);
    return before.revised(
        AppDefinition.of(read.procfile(), new LinkedHashMap<>(vars), read.ports()));
  }

  @Test
  void added_removed_and_changed_are_distinguished() {
    AppDefinition after = after(Map.of("web", "serve --fast", "clock", "tick"), Map.of());
    var diff = FormationDiff.between(formation(before), formation(after));

    assertThat(diff.toString())
        .isEqualTo("FormationDiff[added=[clock.1], removed=[worker.1], changed=[web.1]]");
    assertThat(FormationDiff.sentences(before, after))
        .containsExactly("new: clock: tick", "changed: web: serve --fast", "gone: worker");
  }

  @Test
  void the_same_files_are_no_change() {
    AppDefinition after = after(Map.of("web", "serve", "worker", "work"), Map.of());

    assertThat(FormationDiff.between(formation(before), formation(after)).isNothing()).isTrue();
    assertThat(FormationDiff.sentences(before, after)).isEmpty();
  }

  @Test
  void a_config_var_changes_every_instance_and_its_value_is_not_shown() {
    AppDefinition after = after(Map.of("web", "serve", "worker", "work"), Map.of("KEY", "secret"));

    assertThat(FormationDiff.between(formation(before), formation(after)).changed()).hasSize(2);
    assertThat(FormationDiff.sentences(before, after)).containsExactly("new config vars: KEY");
  }
}
