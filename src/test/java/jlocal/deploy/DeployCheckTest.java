package jlocal.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jlocal.config.ConfigVars;
import jlocal.config.EnvFiles;
import jlocal.problem.Problem;
import jlocal.procfile.ProcfileParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCheckTest {
  private static final String R10 =
      ": on Heroku, Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60"
          + " seconds of launch";

  @TempDir Path app;

  @BeforeEach
  void repository() throws Exception {
    git("init", "-q");
  }

  private void git(String... words) throws Exception {
    var command = new ProcessBuilder("git").directory(app.toFile());
    command.command().addAll(List.of(words));
    command.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = command.inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private DeployCheckTest given(String name, String text) throws Exception {
    Files.createDirectories(app.resolve(name).getParent());
    Files.writeString(app.resolve(name), text);
    return this;
  }

  private List<String> found(Path root) throws Exception {
    byte[] procfile = Files.readAllBytes(root.resolve("Procfile"));
    var types = ProcfileParser.parse(procfile, "Procfile").value();
    var check = new DeployCheck(root, root.resolve("Procfile"), types);
    return check.problems(EnvFiles.readIfPresent(root.resolve(".env"), ".env").value()).stream()
        .map(Problem::toString)
        .map(line -> line.replace(root + "/", "").replace("\n   hint: ", " -> "))
        .toList();
  }

  /** Adds all files that are not ignored to git, and checks. */
  private List<String> found() throws Exception {
    git("add", "-A");
    return found(app);
  }

  @Test
  void an_app_that_would_run_on_heroku_has_no_warnings() throws Exception {
    given("Procfile", "web: gunicorn app:app\nworker: python -m jobs.run\nbuilt: node dist/x.js\n")
        .given("requirements.txt", "-r base.txt\n")
        .given("base.txt", "Gunicorn[gevent]==23.0 # the server\n")
        .given("runtime.txt", "python-3.13\n")
        .given("package.json", "{\"scripts\":{\"build\":\"x\"}}")
        .given(".gitignore", "dist\n.env\n")
        .given("dist/x.js", "")
        .given("jobs/run.py", "")
        .given("app.py", "app = 1")
        .given(".env", "A=1\nB=https://localhost.example.com/\n");

    assertThat(found()).isEmpty();
  }

  @Test
  void files_that_a_command_needs_but_git_does_not_have_are_reported() throws Exception {
    given(
            "Procfile",
            "web: ./server conf2/ $PORT\nworker: .venv/bin/work -c=conf/local.yml jobs:app\n")
        .given("server.js", "")
        .given("conf2/x", "")
        .given("conf/local.yml", "")
        .given(".venv/bin/work", "")
        .given("jobs.py", "")
        .given("Gemfile", "")
        .given(".gitignore", "conf\n.venv\n");
    git("add", "Procfile", "conf2");

    String would = ": a deploy would not have it -> ";
    assertThat(found(app))
        .containsExactly(
            "Gemfile: warning: Heroku reads this file, which is not in git"
                + would
                + "git add Gemfile",
            "Procfile:1: warning: web needs server.js, which is not in git"
                + would
                + "git add server.js",
            "Procfile:2: warning: worker needs .venv/bin/work, which git ignores"
                + would
                + "call it by its name: on Heroku it is on the PATH",
            "Procfile:2: warning: worker needs conf/local.yml, which git ignores"
                + would
                + "let a build make it, or take it out of .gitignore",
            "Procfile:2: warning: worker needs jobs.py, which is not in git"
                + would
                + "git add jobs.py");
  }

  @Test
  void env_files_in_git_or_read_by_a_command_are_reported() throws Exception {
    given("Procfile", "web: env $(cat .env.prod) serve -p $PORT\n")
        .given(".env.prod", "")
        .given(".gitignore", ".env.prod\n")
        .given(".env", "");

    assertThat(found())
        .containsExactly(
            "Procfile:1: warning: web needs .env.prod, which git ignores: a deploy would not have"
                + " it -> set its variables with  heroku config:set KEY=VALUE",
            ".env: warning: is in git, with all its secrets"
                + " -> git rm --cached .env  and a line .env in .gitignore");
  }

  @Test
  void a_procfile_below_the_root_of_the_repository_is_reported() throws Exception {
    given("backend/Procfile", "web: serve -p $PORT\n");
    git("add", "-A");

    assertThat(found(app.resolve("backend")))
        .containsExactly(
            "Procfile: warning: is not in the root of the repository, where Heroku reads it -> to"
                + " deploy this folder alone:  git subtree push --prefix backend/ heroku main");
  }

  @Test
  void programs_that_no_buildpack_installs_are_reported() throws Exception {
    given(
            "Procfile",
            "web: exec gunicorn app:app\na: bundle exec puma\nb: npx next x\nc: npm run c\n")
        .given("requirements.txt", "gunicorn-extra\n")
        .given("Gemfile.lock", "    puma_worker_killer (1)\n")
        .given(
            "package.json",
            """
            {"devDependencies": {"next": "15"}, "dependencies": {"tsx": "4"},
             "scripts": {
               "c": "tsx c.ts && serve -l 1"}}
            """);

    assertThat(found())
        .containsExactly(
            "Procfile:1: warning: web runs gunicorn, which is not in requirements.txt"
                + " -> add it to requirements.txt",
            "Procfile:2: warning: a runs puma, which is not in Gemfile.lock -> add it to"
                + " Gemfile.lock",
            "Procfile:3: warning: b runs next, a devDependency, which Heroku prunes after the build"
                + " -> npm install next",
            "package.json:3: warning: c runs serve, which is not in package.json -> npm install"
                + " serve");
  }

  @Test
  void a_procfile_of_another_name_is_for_development() throws Exception {
    given("Procfile.dev", "web: vite\ncss: gunicorn x\n").given("package.json", "{}");
    git("add", "-A");
    var types = ProcfileParser.parse(Files.readAllBytes(app.resolve("Procfile.dev")), "x").value();
    assertThat(new DeployCheck(app, app.resolve("Procfile.dev"), types).problems(ConfigVars.NONE))
        .isEmpty();
  }

  @Test
  void a_web_process_that_ignores_port_is_reported() throws Exception {
    given("package.json", "{\"dependencies\":{\"vite\":\"1\"},\"scripts\":{\"dev\":\"vite\"}}");
    assertThat(web("npm run dev"))
        .containsExactly(
            "Procfile:1: warning: web runs vite, which ignores PORT"
                + R10
                + " -> write  web: npm run dev -- --port $PORT --strictPort  (the flag is added"
                + " here, but not on Heroku)");
    assertThat(web("python3 -m http.server --bind 0.0.0.0:8000"))
        .containsExactly(
            "Procfile:1: warning: web listens on 8000 instead of $PORT"
                + R10
                + " -> write $PORT for 8000");
    given("server.js", "// a server\napp.listen(3000)\n");
    assertThat(web("node server.js"))
        .containsExactly(
            "server.js:2: warning: web listens on its own port instead of $PORT"
                + R10
                + " -> take the port from PORT");
    assertThat(web("./server"))
        .containsExactly(
            "Procfile:1: warning: neither web's command nor a file in git mentions PORT"
                + R10
                + " -> let it listen on $PORT");
    given("main.go", "os.Getenv(\"PORT\")");
    assertThat(web("./server")).isEmpty();
  }

  private List<String> web(String command) throws Exception {
    return given("Procfile", "web: " + command + "\n").found();
  }

  @Test
  void python_versions_that_heroku_rejects_are_reported() throws Exception {
    given("Procfile", "worker: true\n");
    for (String valid : List.of("3.13", "# mine\n 3.13.2 \n")) {
      assertThat(given(".python-version", valid).found()).as(valid).isEmpty();
    }
    for (String wrong : List.of("python-3.13", "3", "3.x", "\"3.13\"", "3.13 # mine")) {
      assertThat(given(".python-version", wrong).found())
          .containsExactly(
              ".python-version:1: warning: Heroku: Error: Invalid Python version in"
                  + " .python-version. -> one line, such as 3.13 or 3.13.2");
    }
    given(".python-version", "3.12");
    assertThat(given("runtime.txt", "3.12\n").found())
        .singleElement()
        .asString()
        .contains("python-3.13.2");
    assertThat(given("runtime.txt", "python-3.12\n").found()).isEmpty();
    assertThat(given("runtime.txt", "python-3.13\n").found())
        .containsExactly(
            ".python-version: warning: is not the version of runtime.txt, which Heroku uses"
                + " -> delete one of them");
  }

  @Test
  void addresses_of_this_machine_are_reported_without_their_values() throws Exception {
    given("Procfile", "worker: true\n").given(".gitignore", ".env\n");
    for (String value :
        List.of(
            "postgres://u:p@localhost/db",
            "redis://127.0.0.1:6379",
            "http://[::1]:80/",
            "localhost")) {
      given(".env", "A=1\nTHE_URL=" + value + "\n");
      assertThat(found())
          .containsExactly(
              ".env:2: warning: THE_URL is an address of this machine, which dynos cannot reach ->"
                  + " on Heroku an add-on sets it, or  heroku config:set THE_URL=…");
    }
  }

  @Test
  void other_checks_run_without_a_repository(@TempDir Path folder) throws Exception {
    app = folder;
    given("Procfile", "web: gunicorn app:app\n").given(".env", "");
    assertThat(found(app)).singleElement().asString().contains("gunicorn");
  }

  @Test
  void the_table_has_only_rows_that_are_read() throws Exception {
    try (var table = DeployCheck.class.getResourceAsStream("deploy.txt")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
          .allMatch(line -> line.matches("(?:python|ruby|node|built|file|linked)( \\S+)+"));
    }
  }
}
