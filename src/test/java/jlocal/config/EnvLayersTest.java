package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvLayersTest {
  @TempDir Path app;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "package.json  | {\"devDependencies\": {\"vite\": \"^7\"}} | .env .env.local"
            + " .env.development .env.development.local",
        "package.json  | {\"dependencies\": {\"next\" : \"15\"}} | .env .env.development .env.local"
            + " .env.development.local",
        "Gemfile       | gem 'dotenv-rails' | .env .env.development .env.local"
            + " .env.development.local",
        "composer.json | {\"require\": {\"symfony/dotenv\": \"*\"}} | .env .env.local .env.dev"
      })
  void files_are_read_in_the_order_of_the_framework(String file, String text, String order)
      throws IOException {
    write(".env", ".env.local", ".env.development", ".env.development.local", ".env.dev");
    Files.writeString(app.resolve(file), text);

    assertThat(String.join(" ", of(Map.of()).files())).isEqualTo(order);
  }

  @Test
  void unread_files_are_reported_without_a_framework() throws IOException {
    write(".env", ".env.local", ".env.development");
    Files.writeString(app.resolve("package.json"), "{\"dependencies\": {\"express\": \"5\"}}");

    assertThat(of(Map.of()))
        .isEqualTo(new EnvLayers(List.of(), List.of(".env.local", ".env.development")));
  }

  @Test
  void layered_files_are_not_read_in_another_mode() throws IOException {
    write(".env.local");
    Files.writeString(app.resolve("package.json"), "{\"dependencies\": {\"vite\": \"7\"}}");

    assertThat(of(Map.of("NODE_ENV", "production")).unread()).containsExactly(".env.local");
    assertThat(of(Map.of("NODE_ENV", "development")).files()).containsExactly(".env.local");
  }

  @Test
  void without_layered_files_nothing_is_reported() throws IOException {
    write(".env");
    Files.writeString(app.resolve("package.json"), "{\"dependencies\": {\"vite\": \"7\"}}");

    assertThat(of(Map.of())).isEqualTo(new EnvLayers(List.of(), List.of()));
  }

  private EnvLayers of(Map<String, String> environment) {
    return EnvLayers.of(app, environment);
  }

  private void write(String... names) throws IOException {
    for (String name : names) Files.writeString(app.resolve(name), "");
  }
}
