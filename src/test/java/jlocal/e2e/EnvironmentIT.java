package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The environment of a child. */
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** The variables of a child, {@code NAME=value} each. */
  private List<String> variables() throws IOException {
    sandbox.given("Procfile", "web: env -0 | tr '\\n\\0' '~\\n'\n");
    Finished done = sandbox.start().end();
    assertThat(done.status()).isZero();
    return done.lines("web.1");
  }

  private static List<String> names(List<String> variables) {
    return variables.stream().map(variable -> variable.split("=", 2)[0]).toList();
  }

  @Test
  void the_env_file_wins_over_the_shell_and_the_shell_reaches_the_child() throws Exception {
    sandbox.variable("BOTH", "shell").variable("SHELLS", "own").given(".env", "BOTH=file\n");

    assertThat(variables()).contains("BOTH=file", "SHELLS=own").doesNotContain("BOTH=shell");
  }

  @Test
  void a_child_gets_its_name_and_port() throws Exception {
    assertThat(variables())
        .contains(
            "PORT=" + sandbox.port(),
            "DYNO=web.1",
            "PS=web.1",
            "FOREMAN_WORKER_NAME=web.1",
            "JLOCAL=1");
  }

  @Test
  void values_and_commands_of_any_language_survive_the_c_locale() throws Exception {
    sandbox.variable("LC_ALL", "C").variable("SHELLS", "žluťoučký");
    sandbox.given(".env", "FILES=日本語 naïve 🐎\n");
    sandbox.given("Procfile", "web: echo \"Größe $FILES $SHELLS $LC_ALL\"\n");

    Finished done = sandbox.start().end();

    assertThat(done.lines("web.1")).containsExactly("Größe 日本語 naïve 🐎 žluťoučký C");
  }

  /** A locale that is not installed, macOS's through ssh, none, and one that no system has. */
  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "LANG, xx_XX.UTF-8",
    "LC_CTYPE, UTF-8",
    "LANG, C",
    "LC_ALL, POSIX",
    "LC_ALL, no.utf8"
  })
  void bytes_survive_every_locale_which_stays_the_callers(String name, String locale)
      throws Exception {
    sandbox.variable("LANG", null).variable("LC_ALL", null).variable("LC_CTYPE", null);
    sandbox.variable(name, locale).variable("SHELLS", "žlutý 🐎");
    sandbox.given("ordner é/.env", "FILES=日本 naïve\n");
    sandbox.given(
        "ordner é/Procfile", "web: printf '%s,' 'Größe' \"$FILES\"; env -0 | tr '\\0' ','; pwd\n");

    Finished done = sandbox.start("-d", "ordner é", "--tty", "always").end();
    Finished run =
        sandbox.run(
            "run",
            "-d",
            "ordner é",
            "sh",
            "-c",
            "printf '%s,' \"$@\"; env -0 | tr '\\0' ','; pwd",
            "é",
            "Größe");

    for (String printed : List.of(done.out(), run.out())) {
      assertThat(printed)
          .contains("Größe,", "FILES=日本 naïve,", "SHELLS=žlutý 🐎,", name + "=" + locale + ",")
          .contains("/ordner é\n")
          .doesNotContain("C.UTF-8", "?");
    }
  }

  @Test
  void names_that_no_shell_knows_reach_the_child() throws Exception {
    sandbox.given(".env", "spring.datasource.url=jdbc:x\n");

    assertThat(variables()).contains("spring.datasource.url=jdbc:x");
  }

  @Test
  void the_launchers_own_variables_do_not_reach_the_child() throws Exception {
    sandbox.variable("LC_ALL", null).variable("LANG", null).variable("LC_CTYPE", null);

    assertThat(names(variables())).doesNotContain("LC_ALL", "LANG", "JAVA_TOOL_OPTIONS");
    assertThat(names(variables())).noneMatch(name -> name.startsWith("JLOCAL_CALLER"));
  }

  @Test
  void options_for_every_jvm_are_the_childs_and_not_ours() throws Exception {
    sandbox.variable("LC_ALL", "POSIX").variable("JAVA_TOOL_OPTIONS", "-Dx=1 -XX:+NoSuchThing");
    sandbox.variable("JDK_JAVA_OPTIONS", "").variable("_JAVA_OPTIONS", "-Dy");

    assertThat(variables())
        .contains(
            "LC_ALL=POSIX",
            "JAVA_TOOL_OPTIONS=-Dx=1 -XX:+NoSuchThing",
            "JDK_JAVA_OPTIONS=",
            "_JAVA_OPTIONS=-Dy");
  }

  @Test
  void programs_of_the_app_go_before_those_of_the_system() throws Exception {
    sandbox.given("node_modules/.bin/x", "").given("bin/y", "").given("Procfile", "web: :\n");

    String path = variables().stream().filter(v -> v.startsWith("PATH=")).findFirst().orElse("");

    String own = sandbox.root() + "/node_modules/.bin:" + sandbox.root() + "/bin:";
    assertThat(path).startsWith("PATH=" + own);
  }

  @Test
  void commands_run_in_the_apps_folder_with_a_silent_stdin() throws Exception {
    sandbox.given("sub/Procfile", "web: pwd; read -t 1 line; [ $? -gt 128 ] && echo silent\n");

    Finished done = sandbox.start("-f", "sub/Procfile").end();

    assertThat(done.lines("web.1")).containsExactly(sandbox.root() + "/sub", "silent");
  }

  @Test
  void variables_that_the_launchers_shell_cannot_name_reach_processes() throws Exception {
    sandbox
        .variable("dot.name", "a\nb=ü")
        .variable("1st", "x")
        .variable("BASH_FUNC_f%%", "() { :; }");
    sandbox.given("Procfile", "web: env -0 | tr '\\n\\0' '~,'\n");

    Finished start = sandbox.start("--tty", "always").end();
    Finished run = sandbox.run("run", "sh", "-c", "tr '\\n\\0' '~,' </proc/$$/environ");

    for (String printed : List.of(start.out(), run.out())) {
      assertThat(printed)
          .contains("dot.name=a~b=ü,", "1st=x,")
          .containsPattern("BASH_FUNC_f%%=\\(\\) \\{ +:~?;? ?}");
      assertThat(printed).doesNotContain("JLOCAL_CALLER");
    }
  }
}
