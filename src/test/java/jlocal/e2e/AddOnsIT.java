package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Add-ons with servers that are installed; without them these tests are skipped. */
class AddOnsIT {
  private static final String QUERY = "psql \"$DATABASE_URL\" -Atc ";

  private static final String PROCFILE = "worker: env > worker.env; exec sleep 1000\n";

  @RegisterExtension final Sandbox app = new Sandbox();

  @BeforeEach
  void an_app() throws IOException {
    app.given("Procfile", PROCFILE).variable("DATABASE_URL", null).variable("REDIS_URL", null);
  }

  private void needs(String... programs) {
    for (String program : programs) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
          program + " is not installed");
    }
  }

  @Test
  void mariadb_and_memcached_are_there_as_on_heroku() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/mariadbd")), "mariadbd is not installed");
    needs("memcached", "mariadb");
    Finished made = app.run("addons:create", "cleardb", "-y");
    assertThat(made.out()).as("%s", made).contains("created mysql", "CLEARDB_DATABASE_URL");
    assertThat(app.run("addons:create", "memcachier").out()).contains("MEMCACHIER_SERVERS");
    Running run = app.start().until("worker.1 is up");
    assertThat(app.run("addons").out())
        .containsPattern("mysql .* up ")
        .containsPattern("memcached .* up ");
    String url =
        "$(echo $CLEARDB_DATABASE_URL | sed"
            + " 's,.*//\\(.*\\):\\(.*\\)@\\(.*\\):\\(.*\\)/\\(.*\\),-u\\1 -p\\2 -h\\3 -P\\4 \\5,')";
    Finished asked =
        app.run("run", "mariadb --no-defaults --disable-ssl " + url + " -e 'select database()'");
    assertThat(asked.out()).as("%s", asked).contains("app");
    assertThat(run.stop().out()).contains("mysql.1 exited with code 0");
  }

  private void sql(String statement, String result) throws IOException {
    Finished run = app.run("run", QUERY + "'" + statement + "'");
    assertThat(run.out().strip()).as("%s", run).isEqualTo(result);
  }

  @Test
  void a_database_is_there_for_run_and_start_and_survives_the_death_of_all() throws IOException {
    needs("postgres", "psql");
    Finished made = app.run("addons:create", "heroku-postgresql");
    assertThat(made.out()).as("%s", made).contains("created postgres", "DATABASE_URL");
    sql("create table t as select 7 as n", "SELECT 1");
    assertThat(app.children()).isEmpty();

    Running run = app.start().until("worker.1 is up");
    assertThat(run.out()).contains("worker.1 waits for postgres.1").doesNotContain("LOG:");
    assertThat(app.file("worker.env")).contains("DATABASE_URL=postgresql://", "JDBC_DATABASE_URL=");
    sql("insert into t select 8", "INSERT 0 1");
    for (String child : app.children()) kill(run, child);
    app.watchdogs().forEach(pid -> run.signal("KILL", pid));
    run.signal("KILL").end();

    Running again = app.start().until("worker.1 is up");
    sql("select sum(n) from t", "15");
    assertThat(again.stop().out()).contains("postgres.1 exited with code 0");
  }

  private static void kill(Running run, String child) {
    run.signal("KILL", Long.parseLong(child.split(" ", 2)[0]));
  }

  @Test
  void a_running_app_gets_an_add_on_and_loses_it() throws IOException {
    needs("redis-server");
    Running run = app.start().until("worker.1 is up");
    Finished made = app.run("addons:create", "redis", "--as", "cache");
    assertThat(made.out()).as("%s", made).contains("created redis", "redis.1 is up");
    assertThat(app.file("worker.env")).contains("CACHE_URL=redis://:");
    assertThat(app.run("addons").out()).contains("heroku-redis", " up ", "redis://:********@");
    assertThat(app.run("run", "echo $CACHE_URL").out()).contains("redis://:");
    assertThat(app.run("scale", "redis=2").err()).contains("it is one server, on port 2");
    assertThat(app.run("ps").out()).containsPattern("redis.1 .* 2[0-9]{4} ");
    assertThat(run.out()).doesNotContain("redis.1   |", "Ready to accept");
    assertThat(app.run("config").out()).contains("CACHE_URL  ********  add-on redis");

    assertThat(app.run("addons:destroy", "redis").err()).contains("--confirm 'app'");
    Finished gone = app.run("addons:destroy", "redis", "--confirm", "app");
    assertThat(gone.out()).as("%s", gone).contains("destroyed redis");
    assertThat(app.root().resolve(".jlocal-addons")).doesNotExist();
    run.until("redis.1 exited");
    run.stop();
  }

  @Test
  void the_last_lines_of_an_add_on_are_shown_when_it_crashes() throws IOException {
    needs("redis-server");
    app.run("addons:create", "redis");
    Path file = app.root().resolve(".jlocal-addons/redis/redis.conf");
    Files.writeString(file, "nonsense yes\n", StandardOpenOption.APPEND);
    app.start().until("manager  |   >>> 'nonsense yes'").stop();
  }

  @Test
  void a_worktree_shares_the_add_ons_of_the_main_checkout_and_runs_them_after_it()
      throws IOException {
    needs("redis-server");
    app.given(".git/worktrees/fix/HEAD", "").given("fix/Procfile", PROCFILE);
    app.given("fix/.git", "gitdir: ../.git/worktrees/fix\n");
    app.run("addons:create", "redis");
    Running main = app.start().until("worker.1 is up");
    String port = Integer.toString(app.port() + 10);
    Running fix = app.jlocal("start", "-d", "fix", "-p", port, "--no-proxy", "--share-addons");
    fix.until("worker.1 is up");
    assertThat(fix.out())
        .contains("the add-ons of " + app.root(), "the add-ons run in pid " + main.pid());
    String url =
        app.file("worker.env").lines().filter(it -> it.startsWith("REDIS_URL")).toList().getFirst();
    assertThat(app.file("fix/worker.env")).contains(url);
    assertThat(app.run("addons:destroy", "redis", "-d", "fix", "-c", "app").err())
        .contains("shares the add-ons of " + app.root());
    assertThat(app.run("addons:create", "redis", "-d", "fix").err())
        .startsWith("jlocal: this worktree shares the add-ons of " + app.root());

    main.stop();
    fix.until("redis.1 is up");
    assertThat(fix.out()).doesNotContain("restarting").contains("starting them here");
    assertThat(app.run("addons").out()).contains(" up ");
    fix.stop();
  }

  @Test
  void a_database_is_dumped_emptied_and_restored_by_its_own_clients() throws IOException {
    needs("postgres", "psql", "pg_dump", "pg_restore");
    app.run("addons:create", "postgres");
    assertThat(psql("create table t as select 7 as n").err()).isEmpty();
    assertThat(app.run("pg:dump", "all.dump")).returns(0, Finished::status);
    assertThat(app.run("pg:reset").err()).contains("--confirm 'app'");
    Finished reset = app.run("pg:reset", "--confirm", "app");
    assertThat(reset.out()).as("%s", reset).contains("postgres is empty");
    assertThat(psql("select n from t").err()).contains("does not exist");
    assertThat(app.run("pg:restore", "all.dump")).returns(0, Finished::status);
    assertThat(psql("select n from t").out()).contains("7");
    assertThat(app.run("pg:info").out()).contains("=== postgres", "PostgreSQL");
  }

  private Finished psql(String statement) throws IOException {
    return app.run("pg:psql", "-c", statement);
  }

  @Test
  void mail_is_taken_from_the_app_and_kept() throws IOException {
    needs("python3");
    app.given(
        "send.py",
        """
        import email.message, os, smtplib
        message = email.message.EmailMessage()
        message['Subject'] = 'Grüße'
        message['From'] = 'shop@example.com'
        message['To'] = 'customer@example.com'
        message.set_content('hello')
        with smtplib.SMTP(os.environ['SMTP_HOST'], int(os.environ['SMTP_PORT'])) as server:
            server.login(os.environ['MAILTRAP_USERNAME'], os.environ['MAILTRAP_PASSWORD'])
            server.send_message(message, to_addrs=['customer@example.com', 'hidden@example.com'])
        """);
    Finished made = app.run("addons:create", "mail");
    assertThat(made.out()).as("%s", made).contains("created mail", "SMTP_URL", "MAILTRAP_HOST");
    Finished sent = app.run("run", "python3 send.py");
    assertThat(sent).as("%s", sent).returns(0, Finished::status);
    assertThat(app.children()).isEmpty();

    Running run = app.start().until("worker.1 is up");
    assertThat(run.out()).contains("worker.1 waits for mail.1").doesNotContain("ready for mail");
    assertThat(app.run("run", "python3 send.py")).returns(0, Finished::status);
    assertThat(app.run("addons:info", "mail").out()).contains("2 messages", "up", ":********@");
    assertThat(app.run("addons:open", "mail", "--no-open").out())
        .contains("Grüße", "shop@example.com", "customer@example.com, hidden@example.com");
    assertThat(app.run("logs", "mail").out()).contains("from shop@example.com to customer");
    run.stop();
  }

  @Test
  void what_app_json_asks_for_is_made_once() throws IOException {
    needs("redis-server");
    app.given(
        "app.json",
        """
        {"addons": ["heroku-redis"], "env": {"SECRET": {"generator": "secret"}, "MODE": "dev"},
         "scripts": {"postdeploy": "echo $REDIS_URL$MODE >> done"}}
        """);
    Running asked = app.start().until("worker.1 is up");
    assertThat(asked.stop().err())
        .contains("add-on heroku-redis", "config var SECRET", "'jlocal start --yes' does this");
    assertThat(app.file("worker.env")).doesNotContain("REDIS_URL");

    Running run = app.start("--yes").until("worker.1 is up");
    assertThat(app.file("worker.env")).contains("REDIS_URL=redis://", "SECRET=", "MODE=dev");
    assertThat(app.file("done")).startsWith("redis://").endsWith("dev\n").hasLineCount(1);
    run.stop();
    app.start("--yes").until("worker.1 is up").stop();
    assertThat(app.file("done")).hasLineCount(1);
    assertThat(app.run("check").out()).contains("app.json: add-on heroku-redis");
  }

  @Test
  void the_formation_of_app_json_is_that_of_the_start_unless_another_is_given() throws IOException {
    app.given(
        "app.json", "{\"formation\": {\"worker\": {\"quantity\": 2}, \"web\": {\"quantity\": 3}}}");
    Running run = app.start().until("worker.2 is up");
    assertThat(run.stop().out()).contains("app.json: worker=2\n").doesNotContain("worker.3");
    assertThat(app.run("check").out()).contains("app.json: formation", "worker.2");
    assertThat(app.run("check", "-m", "worker=1").out()).doesNotContain("worker.2");
  }

  @Test
  void a_postdeploy_that_fails_ends_the_start() throws IOException {
    app.given("app.json", "{\"scripts\": {\"postdeploy\": \"exit 3\"}}");
    assertThat(app.start("--yes").end()).returns(3, Finished::status);
  }

  @Test
  void the_data_and_the_password_are_the_owners_only() throws IOException {
    needs("redis-server");
    app.run("addons:create", "redis");
    Path folder = app.root().resolve(".jlocal-addons");
    assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    assertThat(Files.getPosixFilePermissions(folder.resolve("addons.json"))).hasSize(2);
    assertThat(app.file(".jlocal-addons/.gitignore")).isEqualTo("*\n");
  }
}
