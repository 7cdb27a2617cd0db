package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {
  private static final Map<String, String> FILES =
      Map.of(
          "package.json",
          "{\"scripts\": {\"say\": \"echo ${HOME}\", \"db\": \"exec redis-server --port $PORT\","
              + " \"dev\": \"vite\", \"all\": \"npm run db\", \"loop\": \"npm run loop\"}}",
          "compose.yaml",
          """
          services:
            db:
              ports:
                - "5433:5432"
              volumes:
                - ./x:/y
            mail:
              ports:
                - 127.0.0.1:1026:1025/tcp # smtp
          """);

  private static @Nullable ServerCommand of(String command) {
    return ServerCommand.of(command, FILES::get);
  }

  private static Readiness readiness(String command) {
    return Objects.requireNonNull(of(command)).readiness();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres -D data | POSTGRES",
        "exec postgres -D \"$PGDATA\" | POSTGRES",
        "/usr/lib/postgresql/15/bin/postgres -D x | POSTGRES",
        "env LC_ALL=C A='b' redis-server | REDIS",
        "LC_ALL=C exec /usr/bin/env valkey-server x.conf | VALKEY",
        "mkdir -p tmp && exec mysqld --datadir=tmp | MYSQL",
        "bundle exec mailpit | MAILPIT",
        "bash -c 'exec mongod --dbpath db' | MONGO",
        "sudo -u rabbit rabbitmq-server | ''",
        "rabbitmq-server | RABBITMQ",
        "mariadbd | MARIADB",
        "memcached -p $PORT 2>&1 | MEMCACHED",
        "bin/kafka-server-start.sh config/kraft/server.properties | KAFKA",
        "./elasticsearch-8.1/bin/elasticsearch | ELASTICSEARCH",
        "opensearch | OPENSEARCH",
        "nats-server -js | NATS",
        "minio server ./data | MINIO",
        "npm run db | REDIS",
        "yarn db | REDIS",
        "pnpm run -s all | REDIS",
        "docker compose up | DOCKER",
        "docker-compose -f x.yml up db | DOCKER",
        "docker run --rm -p 5432:5432 postgres:16 | DOCKER",
      })
  void servers_are_recognized_by_their_programs(String command, String server) {
    ServerCommand found = of(command);
    assertThat(found == null ? "" : found.server().name()).isEqualTo(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/rails server",
        "npm run dev",
        "npm run loop",
        "npm",
        "node postgres.js",
        "echo postgres",
        "redis-cli monitor",
        "minio-client x",
        "mc mirror minio server",
        "docker run --rm worker",
        "docker compose logs -f",
        "python manage.py runserver",
        "",
        "'",
        "exec",
      })
  void other_commands_start_no_known_server(String command) {
    assertThat(of(command)).isNull();
  }

  @Test
  void the_ports_that_docker_publishes_are_its_readiness() {
    assertThat(readiness("docker run -p 127.0.0.1:5544:5432 -p6380:6379/tcp x"))
        .isEqualTo(new Readiness.Port(List.of(5544, 6380)));
    assertThat(readiness("docker compose up")).isEqualTo(new Readiness.Port(List.of(5433, 1026)));
    assertThat(readiness("docker compose up --build mail"))
        .isEqualTo(new Readiness.Port(List.of(1026)));
    assertThat(readiness("redis-server")).isEqualTo(new Readiness.Listening(KnownServer.REDIS));
  }

  @Test
  void each_program_matches_a_hint() {
    for (String program :
        List.of(
            "postgres",
            "postmaster",
            "redis-server",
            "redis-stack-server",
            "valkey-server",
            "mysqld_safe",
            "mariadbd-safe",
            "mongod",
            "mongos",
            "rabbitmq-server",
            "memcached",
            "elasticsearch",
            "opensearch",
            "nats-server",
            "kafka-server-start",
            "minio server",
            "mailpit",
            "docker-compose up",
            "podman run -p 1:2")) {
      assertThat(of(program)).as(program).isNotNull();
      assertThat(StartOrderReader.HINTS).as(program).anyMatch(program::contains);
    }
  }
}
