package jlocal.addons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jlocal.Await;
import jlocal.config.ConfigVars;
import jlocal.formation.AppSettings;
import jlocal.formation.StartOrder;
import jlocal.os.Signal;
import jlocal.plan.AppFiles;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddOnPlanTest {
  private static final String ENGINE =
      "{\"bin\":\"/opt/pg/bin\",\"server\":\"postgres\",\"version\":\"16.2\",\"user\":\"\"}";

  @TempDir Path app;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void an_app_with_a_database() throws IOException {
    Files.createDirectory(app.resolve(".jlocal-addons"));
    given(ENGINE);
  }

  private void given(String engine) throws IOException {
    Files.writeString(
        app.resolve(".jlocal-addons/addons.json"),
        """
        {"addons":[{"name":"postgres","service":"heroku-postgresql","plan":"local",
          "attachment":"DATABASE","colour":"PINK","port":21234,"password":"secret","engine":%s}]}
        """
            .formatted(engine));
  }

  private AppFiles files(String type, String env) throws IOException {
    Files.writeString(app.resolve(".env"), env);
    var types = new LinkedHashMap<String, Command>();
    types.put(type, new Command("true"));
    ConfigVars vars = AppFiles.readVars(app, List.of()).value();
    return new AppFiles(new Procfile(types), vars, AppSettings.NONE, StartOrder.NONE);
  }

  private AddOnPlan plan(Map<String, String> shell) throws UserError {
    return new AddOnPlan(AddOns.of(app), shell);
  }

  @Test
  void an_add_on_is_a_process_type_with_variables() throws Exception {
    AppFiles files = plan(Map.of()).with(files("web", ""), notes::add);
    assertThat(files.procfile().commands().sequencedKeySet()).containsExactly("web", "postgres");
    assertThat(files.procfile().commands().get("postgres"))
        .isEqualTo(new Command("postgres -D . -p 21234"));
    String url = "postgresql://postgres:secret@127.0.0.1:21234/app";
    assertThat(files.vars().values())
        .containsEntry("DATABASE_URL", url)
        .containsEntry("HEROKU_POSTGRESQL_PINK_URL", url)
        .containsEntry(
            "JDBC_DATABASE_URL",
            "jdbc:postgresql://127.0.0.1:21234/app?user=postgres&password=secret")
        .containsEntry("SPRING_DATASOURCE_USERNAME", "postgres");
    assertThat(notes).isEmpty();
  }

  @Test
  void what_java_reads_is_of_postgres_where_there_is_mysql_as_well() throws Exception {
    Path file = app.resolve(".jlocal-addons/addons.json");
    String mysql =
        """
        {"addons":[{"name":"mysql","service":"jawsdb","plan":"local","attachment":"JAWSDB",
          "colour":"PINK","port":21235,"password":"own","engine":%s},\
        """
            .formatted(ENGINE);
    Files.writeString(file, Files.readString(file).replace("{\"addons\":[", mysql));
    var vars = plan(Map.of()).with(files("web", ""), notes::add).vars().values();
    assertThat(vars)
        .containsEntry("JAWSDB_URL", "mysql://app:own@127.0.0.1:21235/app")
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:21234/app")
        .containsEntry("JDBC_DATABASE_PASSWORD", "secret");
  }

  @Test
  void it_is_stopped_in_its_own_way_in_the_folder_of_its_data() throws Exception {
    var types = plan(Map.of()).with(AppSettings.NONE).types();
    var own = Objects.requireNonNull(types.get(new ProcessType("postgres")));
    assertThat(own.stopSignal()).isEqualTo(Signal.INT);
    assertThat(own.folder()).isEqualTo(app.resolve(".jlocal-addons/postgres"));
    assertThat(own.servicePort()).isEqualTo(21_234);
    assertThat(own.environment().get("PATH")).startsWith("/opt/pg/bin:");
  }

  @Test
  void a_variable_of_the_env_file_wins_and_nothing_is_started() throws Exception {
    AppFiles files = plan(Map.of()).with(files("web", "A=1\nDATABASE_URL=x:y\n"), notes::add);
    assertThat(files.procfile().commands()).containsOnlyKeys("web");
    assertThat(files.vars().values()).containsOnlyKeys("A", "DATABASE_URL");
    assertThat(notes)
        .containsExactly("postgres is not started: DATABASE_URL is set in " + app + "/.env:2");
  }

  @Test
  void a_variable_of_the_shell_wins_as_well() throws Exception {
    AppFiles files = plan(Map.of("DATABASE_URL", "x:y")).with(files("web", ""), notes::add);
    assertThat(files.procfile().commands()).containsOnlyKeys("web");
    assertThat(files.vars().values()).isEmpty();
    assertThat(notes).containsExactly("postgres is not started: DATABASE_URL is set in the shell");
  }

  @Test
  void another_variable_of_the_env_file_is_kept() throws Exception {
    AppFiles files = plan(Map.of()).with(files("web", "JDBC_DATABASE_URL=mine\n"), notes::add);
    assertThat(files.vars().values()).containsEntry("JDBC_DATABASE_URL", "mine");
    assertThat(files.procfile().commands()).containsKey("postgres");
  }

  @Test
  void a_type_of_the_procfile_is_never_replaced() throws Exception {
    AppFiles files = plan(Map.of()).with(files("postgres", ""), notes::add);
    assertThat(files.procfile().commands()).containsEntry("postgres", new Command("true"));
    assertThat(notes).containsExactly("add-on postgres is not started: the Procfile has that type");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_lock_of_a_server_that_was_killed_and_not_reaped_is_deleted() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux tells of zombies");
    given("{\"bin\":\"/bin\",\"server\":\"sh\",\"version\":\"16.2\",\"user\":\"\"}");
    Path lock = app.resolve(".jlocal-addons/postgres/postmaster.pid");
    Files.createDirectory(lock.getParent());
    String zombie = "sleep 0 & echo $!; exec sleep 1000";
    Process parent = new ProcessBuilder("/bin/sh", "-c", zombie).start();
    try (var out = parent.inputReader()) {
      String pid = out.readLine();
      Path status = Path.of("/proc/" + pid + "/status");
      Await.until("a zombie", () -> text(status).contains("State:\tZ"), () -> text(status));
      Files.writeString(lock, pid + "\n/data\n");
      plan(Map.of()).prepare(() -> null, notes::add);
      assertThat(lock).doesNotExist();
    } finally {
      parent.destroy();
    }
  }

  @Test
  void a_database_whose_engine_is_gone_is_not_started_with_another_version() throws Exception {
    Path bin = Files.createDirectory(app.resolve("bin"));
    for (String name : List.of("postgres", "initdb")) {
      Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\necho 'postgres 9.1'\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    var plan = plan(Map.of("PATH", bin.toString()));
    try {
      plan.prepare(() -> null, notes::add);
    } catch (UserError e) {
      assertThat(e.problems().getFirst().what())
          .startsWith(
              "the data of add-on postgres need PostgreSQL 16, which is no longer in /opt/pg/bin")
          .contains("9.1");
      return;
    }
    assertThat(plan.addOns().all().getFirst().engine().major()).isEqualTo(16); // It is installed.
  }
}
