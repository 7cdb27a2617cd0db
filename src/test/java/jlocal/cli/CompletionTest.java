package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class CompletionTest {
  @TempDir Path folder;

  private static String script(String shell) {
    return Echo.say(List.of("completion", shell), Map.of(), Typed.HERE).out();
  }

  private static String output(String... command) throws Exception {
    var child = new ProcessBuilder(command).redirectErrorStream(true).start();
    child.getOutputStream().close();
    var output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static boolean isInstalled(String shell) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, shell)));
  }

  private Path saved(String shell) throws IOException {
    return Files.writeString(folder.resolve("jlocal." + shell), script(shell));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void the_shell_can_read_it(String shell) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    assertThat(output(shell, "-n", saved(shell).toString())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "fish"})
  void it_knows_every_command_and_option(String shell) {
    String script = script(shell);
    for (Subcommand<?> command : Echo.COMMANDS.all()) {
      assertThat(script).contains(command.name());
      for (OptionSpec option : command.spec().options()) {
        assertThat(script).contains(Options.key(option));
      }
    }
  }

  @Test
  void bash_completes_commands_and_the_words_of_an_option() throws Exception {
    String ask =
        "source '%s'; COMP_WORDS=(jlocal %s); COMP_CWORD=%d; COMP_LINE='jlocal %s'; "
            + "_complete_jlocal 2>/dev/null; echo \"${COMPREPLY[@]}\"";
    String file = saved("bash").toString();
    assertThat(output("bash", "-c", ask.formatted(file, "sta", 1, "sta"))).isEqualTo("start\n");
    String restart = "start --restart ''";
    String spoken = "start --restart ";
    assertThat(output("bash", "-c", ask.formatted(file, restart, 3, spoken)).split("\\s+"))
        .containsExactlyInAnyOrder("never", "on-crash", "always");
  }

  @Test
  void fish_completes_commands_and_the_words_of_an_option() throws Exception {
    assumeTrue(isInstalled("fish"), "fish is not installed");
    String ask = "source '%s'; complete -C 'jlocal %s'";
    String file = saved("fish").toString();
    assertThat(output("fish", "--no-config", "-c", ask.formatted(file, "st")))
        .startsWith("start\t");
    assertThat(output("fish", "--no-config", "-c", ask.formatted(file, "start --restart ")))
        .contains("never\t", "on-crash\t", "always\t");
  }
}
