package jlocal.addons;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SqlShellTest {
  @Test
  void the_password_is_in_a_file_of_the_owner_and_not_in_the_arguments() throws Exception {
    Path file = SqlShell.connection(URI.create("postgres://me:a%3Ab+%C3%A4@db:1234/app?ssl=true"));
    try (var in = Files.newBufferedReader(file)) {
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
      var properties = new Properties();
      properties.load(in);
      assertThat(properties)
          .containsEntry("url", "jdbc:postgresql://db:1234/app?ssl=true")
          .containsEntry("user", "me")
          .containsEntry("password", "a:b+ä");
      var shell = new SqlShell(Path.of("/cache/sqlline"), Path.of("/m2"));
      assertThat(shell.argv(file, List.of("-e", "select 1")))
          .containsSubsequence("-cp", "/cache/sqlline/*", file.toString(), "-e", "select 1");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void a_database_without_a_password_is_named_as_well() throws Exception {
    Path file = SqlShell.connection(URI.create("postgres://db/app"));
    assertThat(Files.readString(file)).contains("url=jdbc\\:postgresql\\://db/app\n");
    Files.delete(file);
  }
}
