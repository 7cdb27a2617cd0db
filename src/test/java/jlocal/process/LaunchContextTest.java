package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.formation.TypeSettings;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.WindowSize;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchContextTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);

  @TempDir Path root;

  @SuppressWarnings("NullAway") // It does not see @Nullable in a compact constructor's class file.
  private LaunchContext context(Map<String, @Nullable String> environment) {
    return new LaunchContext(Shell.standard(), root, new RunId("e57", 1, 0), environment, null);
  }

  private static ProcessSpec spec(String command, Map<String, String> environment) {
    return new ProcessSpec(WEB, new Command(command), 5000, new LinkedHashMap<>(environment));
  }

  @Test
  void the_environment_is_laid_over_in_the_order_app_instance_type_run() {
    var app = new HashMap<String, @Nullable String>();
    app.put("A", "app");
    app.put("B", "app");
    app.put("C", "app");
    app.put("GONE", null);
    var type = new TypeSettings(Map.of("C", "type", RunId.VARIABLE, "type"), null, null, null, 0);
    var context = context(app);

    var launch = context.launch(spec("serve", Map.of("B", "instance", "C", "instance")).with(type));

    assertThat(launch.environment())
        .containsEntry("A", "app")
        .containsEntry("B", "instance")
        .containsEntry("C", "type")
        .containsEntry("GONE", null)
        .containsEntry(RunId.VARIABLE, context.run().toString());
    assertThat(launch.argv()).last().asString().contains("serve");
  }

  @Test
  void a_type_may_have_a_folder_of_its_own_and_all_a_terminal() {
    var api = new TypeSettings(Map.of(), root.resolve("api"), null, null, 0);
    var size = new WindowSize(80, 24);
    var context = context(Map.of());

    assertThat(context.launch(spec("serve", Map.of())).terminal()).isNull();
    assertThat(context.launch(spec("serve", Map.of())).directory()).isEqualTo(root);
    var both = context.withTerminals(() -> size);
    assertThat(both.launch(spec("serve", Map.of()).with(api)).directory())
        .isEqualTo(root.resolve("api"));
    assertThat(both.launch(spec("serve", Map.of())).terminal()).isEqualTo(size);
  }

  @Test
  void a_program_is_looked_for_in_the_path_of_its_instance() throws IOException {
    Path programs = Files.createDirectories(root.resolve(".venv/bin"));
    Files.createFile(programs.resolve("serve"));
    var without = Map.of("PATH", root.toString());

    assertThat(context(Map.of()).missing(spec("serve", Map.of("PATH", "" + programs)))).isNull();
    assertThat(context(Map.of()).missing(spec("serve", without)))
        .startsWith(".venv/bin/serve exists");
  }
}
