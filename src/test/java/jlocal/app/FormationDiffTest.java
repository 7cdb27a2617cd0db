package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jlocal.formation.AppDefinition;
import jlocal.formation.AppSettings;
import jlocal.formation.Formation;
import jlocal.formation.Readiness;
import jlocal.formation.Scale;
import jlocal.formation.StartOrder;
import jlocal.formation.TypeSettings;
import jlocal.os.Signal;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;

class FormationDiffTest {
  private static final FormationDiff NOTHING = new FormationDiff(List.of(), List.of(), List.of());

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

    assertThat(FormationDiff.between(formation(before), formation(after))).isEqualTo(NOTHING);
    assertThat(FormationDiff.sentences(before, after)).isEmpty();
  }

  @Test
  void settings_of_a_type_restart_it_where_it_has_to_be() {
    var own = new TypeSettings(Map.of("A", "secret"), Path.of("/backend"), Signal.INT, null, 0);
    var rule = before.order().rule(new ProcessType("worker"));
    AppDefinition after =
        before.with(
            new AppSettings(
                List.of(),
                Map.of(new ProcessType("web"), own),
                new TreeMap<>(Map.of("memory.web", "1G")),
                new TreeMap<>(Map.of("port", "7"))),
            new StartOrder(
                new LinkedHashMap<>(
                    Map.of(
                        new ProcessType("worker"),
                        new StartOrder.Rule(
                            rule.after(),
                            new Readiness.Exit(),
                            rule.timeout(),
                            rule.watchdog(),
                            null)))));
    var diff = FormationDiff.between(formation(before), formation(after));

    assertThat(diff.reasons(formation(before), formation(after)))
        .containsExactly("restarting web.1: its folder has changed");
    assertThat(FormationDiff.sentences(before, after))
        .containsExactly(
            "changed order or readiness, from the next start of: worker",
            "changed settings of: web",
            "changed settings: memory.web");
    assertThat(FormationDiff.later(before, after))
        .containsExactly("of the settings file from the next start: port");
    var signalOnly = new TypeSettings(Map.of(), null, Signal.INT, null, 0);
    var types = Map.of(new ProcessType("web"), signalOnly);
    var quiet =
        before.with(
            new AppSettings(List.of(), types, new TreeMap<>(), new TreeMap<>()), before.order());
    assertThat(FormationDiff.between(formation(before), formation(quiet))).isEqualTo(NOTHING);
    assertThat(formation(quiet).of(new ProcessType("web")).getFirst().own()).isEqualTo(signalOnly);
  }

  @Test
  void a_config_var_changes_every_instance_and_its_value_is_not_shown() {
    AppDefinition after = after(Map.of("web", "serve", "worker", "work"), Map.of("KEY", "secret"));

    assertThat(FormationDiff.between(formation(before), formation(after)).changed()).hasSize(2);
    assertThat(FormationDiff.sentences(before, after)).containsExactly("new config vars: KEY");
  }
}
