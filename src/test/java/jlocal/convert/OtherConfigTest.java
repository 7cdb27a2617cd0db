package jlocal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherConfigTest {
  private static final String PROCESS_COMPOSE =
      """
      version: "0.5"
      environment:
        - "A=1"
      processes:
        # the site
        web-app:
          command: "npm run dev -- --port $PORT"   # a note
          working_dir: ./frontend
          environment:
          - DEBUG=a # b
          - "LEVEL=x"
          depends_on:
            db:
              condition: process_healthy
          readiness_probe:
            http_get:
              path: /health
          shutdown:
            signal: 2
            timeout_seconds: 30
        db:
          command: >-
            postgres
            -D data
        'two words':
          command: echo "it's #1"
        script:
          command: |
            cd x
            make
      """;

  private static final String MPROCS =
      """
      procs:
        nvim:
          cmd: ["nvim", "-c", "set nu"]
        server:
          shell: "nodemon server.js"
        webpack: "webpack serve"
        tests:
          shell: "jest -w"
          env: {NODE_ENV: test}
          stop: SIGINT
          autostart: false
      """;

  @TempDir Path app;

  @Test
  void process_compose_is_a_Procfile_settings_and_variables() throws IOException {
    assertThat(lines("process-compose.yaml", PROCESS_COMPOSE))
        .isEqualTo(
            """
            # Procfile
            web-app: npm run dev -- --port $PORT
            db: postgres -D data
            two-words: echo "it's #1"
            # .jlocal
            dir.web-app: ./frontend
            env.web-app: DEBUG=a
            env.web-app: LEVEL=x
            after.web-app: db
            signal.web-app: INT
            stop-timeout.web-app: 30
            # .env
            A=1
            # not converted: readiness_probe of web-app
            # not converted: the command of script, which has several lines: put them into a script
            """);
  }

  @Test
  void mprocs_is_read_with_its_short_forms() throws IOException {
    String expected =
        """
        # Procfile
        nvim: nvim -c 'set nu'
        server: nodemon server.js
        webpack: webpack serve
        tests: jest -w
        # .jlocal
        env.tests: NODE_ENV=test
        signal.tests: INT
        # not converted: autostart of tests
        """;
    assertThat(lines("mprocs.yaml", MPROCS)).isEqualTo(expected);
    Files.delete(app.resolve("mprocs.yaml"));
    assertThat(
            lines(
                "mprocs.json",
                """
                {"procs": {"nvim": {"cmd": ["nvim", "-c", "set nu"]},
                "server": {"shell": "nodemon server.js"}, "webpack": "webpack serve",
                "tests": {"shell": "jest -w", "env": {"NODE_ENV": "test"}, "stop": "SIGINT",
                "autostart": false}}}
                """))
        .isEqualTo(expected);
  }

  @Test
  void pitchfork_is_read_from_its_tables() throws IOException {
    assertThat(
            lines(
                "pitchfork.toml",
                """
                # daemons
                [daemons.redis]
                run = "redis-server --port $PORT"
                port = 6379

                [daemons.api]
                run = 'node server.js'
                depends = [
                  "redis",
                ]
                dir = "api"
                env = { REDIS_URL = "redis://127.0.0.1:6379", A = "1" }
                """))
        .isEqualTo(
            """
            # Procfile
            redis: redis-server --port $PORT
            api: node server.js
            # .jlocal
            after.api: redis
            dir.api: api
            env.api: REDIS_URL=redis://127.0.0.1:6379
            env.api: A=1
            # not converted: port of redis
            """);
  }

  @Test
  void a_missing_file_or_one_without_processes_converts_to_nothing() throws IOException {
    assertThat(OtherConfig.in(app)).isNull();
    Files.writeString(app.resolve("mprocs.yaml"), "# nothing\n");
    assertThat(OtherConfig.in(app)).isNull();
    Files.writeString(app.resolve("mprocs.json"), "{");
    assertThat(OtherConfig.in(app)).isNull();
  }

  private String lines(String name, String text) throws IOException {
    Files.writeString(app.resolve(name), text);
    var lines = Objects.requireNonNull(OtherConfig.in(app)).lines();
    return String.join("\n", lines) + "\n";
  }
}
