package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code export} of an app with add-ons, whose servers need not be installed for that. */
@Execution(ExecutionMode.CONCURRENT)
class ExportAddOnsIT {
  static final String PASSWORD = "0123456789abcdef";

  /** A database and a cache. */
  static final String ADD_ONS =
      """
      {"addons": [
        {"name": "postgres", "service": "heroku-postgresql", "plan": "", "attachment": "DATABASE",
         "colour": "PINK", "port": 21001, "password": "PASSWORD", "engine":
         {"bin": "/usr/lib/postgresql/15/bin", "server": "postgres", "version": "15.18", "user": ""}},
        {"name": "redis", "service": "heroku-redis", "plan": "", "attachment": "REDIS",
         "colour": "", "port": 21002, "password": "PASSWORD", "engine":
         {"bin": "/usr/bin", "server": "redis-server", "version": "7.0.15", "user": ""}}]}
      """
          .replace("PASSWORD", PASSWORD);

  private static final String MYSQL_AND_MAIL =
      """
        {"name": "mysql", "service": "jawsdb", "plan": "", "attachment": "JAWSDB",
         "colour": "", "port": 21003, "password": "PASSWORD", "engine":
         {"bin": "/usr/sbin", "server": "mariadbd", "version": "10.11.6", "user": ""}},
        {"name": "mail", "service": "mailtrap", "plan": "", "attachment": "SMTP",
         "colour": "", "port": 21004, "password": "PASSWORD", "engine":
         {"bin": "/usr/bin", "server": "java", "version": "1.0", "user": ""}}
      """
          .replace("PASSWORD", PASSWORD);

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void app() throws Exception {
    sandbox
        .given("Procfile", "web: true\nrelease: true\n")
        .given(".jlocal-addons/addons.json", ADD_ONS)
        .variable("DATABASE_URL", null);
  }

  @Test
  void compose_has_a_service_for_each_and_its_password_beside() throws Exception {
    Finished export = sandbox.run("export", "compose", "out", "--with-secrets");
    assertThat(export.err()).doesNotContain("postgres is not exported", PASSWORD);
    String file = sandbox.file("out/compose.yaml");
    assertThat(file)
        .contains(
            "image: \"postgres:15\"", "image: \"redis:7\"", "postgres:/data", "redis-cli ping")
        .contains("\"postgres\":{\"condition\":\"service_healthy\"}")
        .doesNotContain(PASSWORD, "21001", "127.0.0.1:2");
    assertThat(sandbox.file("out/app.env"))
        .contains("DATABASE_URL=\"postgresql://postgres:" + PASSWORD + "@postgres:5432/app\"\n")
        .contains("JDBC_DATABASE_URL=\"jdbc:postgresql://postgres:5432/app?")
        .contains("REDIS_URL=\"redis://:" + PASSWORD + "@redis:6379\"\n");
    assertThat(sandbox.file("out/app-postgres.env"))
        .isEqualTo("POSTGRES_PASSWORD=\"" + PASSWORD + "\"\n");
    assumeTrue(
        sandbox.shell("docker compose version >log 2>&1").end().status() == 0,
        "docker compose is not installed");
    Finished config = sandbox.shell("docker compose -f out/compose.yaml config --quiet").end();
    assertThat(config.err() + config.out()).isEmpty();
  }

  @Test
  void supervisors_of_a_machine_are_told_what_to_install() throws Exception {
    for (String format : new String[] {"systemd", "supervisord", "launchd"}) {
      Finished export = sandbox.run("export", format, format);
      assertThat(export.err())
          .contains("postgres is not exported: install PostgreSQL 15 there, and set DATABASE_URL\n")
          .contains("redis is not exported: install Redis 7 there, and set REDIS_URL\n");
    }
    assertThat(sandbox.file("systemd/app.env")).doesNotContain("DATABASE_URL", "PINK", "REDIS");
  }

  @Test
  void mysql_becomes_mariadb_and_mail_is_told_only() throws Exception {
    String more = ADD_ONS.replace("}}]}", "}}," + MYSQL_AND_MAIL + "]}");
    sandbox.given(".jlocal-addons/addons.json", more);
    Finished export = sandbox.run("export", "compose", "out", "--with-secrets");
    assertThat(export.err())
        .contains("mail is not exported: install a mail server there, and set SMTP_URL\n");
    assertThat(sandbox.file("out/compose.yaml")).contains("image: \"mariadb:10\"", "mysql:/var");
    assertThat(sandbox.file("out/app.env"))
        .contains("mysql://app:" + PASSWORD + "@mysql:3306/app\"\n")
        .doesNotContain("SMTP");
    assertThat(sandbox.file("out/app-mysql.env"))
        .isEqualTo("MARIADB_PASSWORD=\"" + PASSWORD + "\"\n");
  }

  @Test
  void a_database_of_your_own_is_left_alone() throws Exception {
    sandbox.given(".env", "DATABASE_URL=postgres://db.example.com/x\n");
    sandbox.run("export", "compose", "out", "--with-secrets");
    assertThat(sandbox.file("out/compose.yaml")).doesNotContain("postgres").contains("redis");
    assertThat(sandbox.file("out/app.env"))
        .contains("DATABASE_URL=\"postgres://db.example.com/x\"\n");
  }

  @Test
  void a_type_of_the_procfile_is_taken_for_an_add_on_of_its_name() throws Exception {
    sandbox.given("Procfile", "web: true\npostgres: mine\n");
    sandbox.run("export", "compose", "out");
    assertThat(sandbox.file("out/compose.yaml")).contains("\"mine\"").doesNotContain("postgres:15");
  }
}
