package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  /** What the cli says on a class path of our own classes, where picocli cannot be loaded. */
  private static String withoutPicocli(String arg) throws Exception {
    String classes = place(Cli.class) + File.pathSeparator + place(Echo.class);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var child =
        new ProcessBuilder(java, "-cp", classes, Echo.class.getName(), arg)
            .redirectErrorStream(true)
            .start();
    var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-v", "version"})
  void it_is_told_without_loading_picocli(String arg) throws Exception {
    assertThat(withoutPicocli(arg)).isEqualTo(Version.line() + "\n");
  }

  @Test
  void an_unknown_command_is_told_without_it_too() throws Exception {
    assertThat(withoutPicocli("strat")).contains("did you mean 'start'?");
  }

  @Test
  void help_is_not() throws Exception {
    assertThat(withoutPicocli("help")).contains("NoClassDefFoundError", "this is a bug in jlocal");
  }
}
