package jlocal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffectedTypesTest {
  @TempDir Path root;

  private AffectedTypes targets(List<String> words, String... entries) {
    var commands = new LinkedHashMap<String, Command>();
    for (String entry : entries) {
      String[] parts = entry.split(": ", 2);
      commands.put(parts[0], new Command(parts[1]));
    }
    return new AffectedTypes(new Procfile(commands), WatchPatterns.of(words), root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "npx vite --port $PORT                       | vite",
        "node_modules/.bin/vite                      | vite",
        "npx next dev -p $PORT                       | next dev",
        "nodemon server.js                           | nodemon",
        "node --watch server.js                      | --watch",
        "node --watch-path=src server.js             | --watch-path",
        "uvicorn app:app --reload --port $PORT       | --reload",
        "gunicorn app:app --reload                   | --reload",
        "python manage.py runserver 127.0.0.1:$PORT  | runserver",
        "bin/rails s -p $PORT                        | rails s",
        "bundle exec rails server                    | rails server",
        "bin/rails tailwindcss:watch                 | tailwindcss:watch",
        "npx tailwindcss -i a.css -o b.css -w        | tailwindcss -i a.css -o b.css -w",
        "flask --app hello run --debug               | flask",
        "air -c .air.toml                            | air",
        "cargo watch -x run                          | cargo watch",
        "npx webpack serve                           | webpack serve",
        "mix phx.server                              | phx.server",
        "./mvnw quarkus:dev                          | quarkus:dev",
        "php -S 127.0.0.1:$PORT                      | php -S",
        "cd web && npx vite                          | vite",
        "postgres -D data                            | postgres",
        "exec redis-server --port 7000               | redis-server",
        "docker compose up db                        | docker",
      })
  void a_command_that_reloads_itself_or_is_a_server_is_left_alone(String command, String word) {
    assertThat(targets(List.of("on"), "web: " + command).sentence(Set.of()))
        .isEqualTo("a change restarts nothing; not restarted: web (%s)", word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python -u src/app.py",
        "flask run -p $PORT",
        "gunicorn app:app",
        "node server.js",
        "node vite.config.js",
        "npx vite build && npx vite preview",
        "python manage.py runserver --noreload",
        "npm run start",
        "java -cp target/classes Main",
        "bundle exec puma -C config/puma.rb",
        "bundle exec sidekiq",
        "./run --no-watch",
        "ruby airline.rb",
        "./mvnw spring-boot:run"
      })
  void any_other_command_is_restarted(String command) {
    assertThat(targets(List.of("on"), "web: " + command).sentence(Set.of()))
        .isEqualTo("a change restarts web");
  }

  @Test
  void a_script_of_package_json_is_resolved() throws IOException {
    Files.createDirectory(root.resolve("client"));
    Files.writeString(root.resolve("package.json"), "{\"scripts\": {\"dev\": \"node app.js\"}}");
    Files.writeString(
        root.resolve("client/package.json"), "{\"scripts\": {\"dev\": \"vite --open \\\"x\\\"\"}}");
    var targets = targets(List.of("on"), "web: npm run dev", "ui: cd client && yarn dev");
    assertThat(targets.sentence(Set.of()))
        .isEqualTo("a change restarts web; not restarted: ui (vite)");
  }

  @Test
  void spring_with_devtools_restarts_itself() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "<artifactId>spring-boot-devtools</artifactId>");
    assertThat(targets(List.of("on"), "web: ./mvnw spring-boot:run").sentence(Set.of()))
        .endsWith("not restarted: web (spring-boot-devtools)");
  }

  @Test
  void a_type_that_has_ended_is_not_restarted_unless_it_is_named() {
    var targets = targets(List.of("on", "seed=data"), "web: x", "migrate: y", "seed: z");
    assertThat(targets.sentence(Set.of("migrate", "seed")))
        .isEqualTo("a change restarts web, seed; not restarted: migrate (has ended)");
  }

  @Test
  void a_type_that_is_named_is_restarted_whatever_it_is() {
    var targets = targets(List.of("on", "web=src"), "web: npx vite", "release: x", "worker: y");
    assertThat(targets.sentence(Set.of())).isEqualTo("a change restarts web, worker");
    assertThat(targets.of("src/a.js")).containsExactly("web", "worker");
    assertThat(targets.of("lib/a.js")).containsExactly("worker");
  }
}
