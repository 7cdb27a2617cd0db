package jlocal.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When changed files restart a running process. */
class RestartReasonTest {
  private static ProcessSpec spec(String command, int port, Map<String, String> environment) {
    var name = new InstanceName(new ProcessType("db"), 1);
    return new ProcessSpec(name, new Command(command), port, new TreeMap<>(environment));
  }

  private static StartOrder.Rule rule(@Nullable KnownServer server) {
    var alive = new Readiness.Alive();
    return new StartOrder.Rule(new LinkedHashMap<>(), alive, Duration.ZERO, Duration.ZERO, server);
  }

  private static String between(ProcessSpec before, ProcessSpec after) {
    return RestartReason.between(before, after, rule(null));
  }

  @Test
  void what_a_process_was_started_with_restarts_it() {
    ProcessSpec before = spec("serve", 5000, Map.of("A", "1", "B", "2"));
    assertThat(between(before, spec("serve", 5000, Map.of("A", "1", "B", "2")))).isEmpty();
    assertThat(between(before, spec("other", 5100, Map.of()))).isEqualTo("its command has changed");
    assertThat(between(before, spec("serve", 5100, Map.of()))).isEqualTo("its PORT has changed");
    assertThat(between(before, spec("serve", 5000, Map.of("A", "3", "C", "4"))))
        .isEqualTo("A, B, C changed");
    var inFolder = new TypeSettings(Map.of(), Path.of("sub"), null, null, 0);
    assertThat(between(before, before.with(inFolder))).isEqualTo("its folder has changed");
    assertThat(between(before.with(inFolder), before.with(inFolder))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "REDIS, redis-server, REDIS_ARGS, yes",
        "REDIS, redis-server, DATABASE_URL, no",
        "REDIS, redis-server $EXTRA, EXTRA, yes",
        "REDIS, redis-server, PATH, yes",
        "REDIS, redis-server, PORT, yes",
        "POSTGRES, postgres -D data, PGDATA, yes",
        "DOCKER, docker compose up, ANY, yes",
        "-, ruby app.rb, ANY, yes",
      })
  void a_known_server_reads_only_its_own_variables(
      @Nullable KnownServer server, String command, String changed, String restarts) {
    String reason =
        RestartReason.between(
            spec(command, 5000, Map.of()),
            spec(command, 5000, Map.of(changed, "new")),
            rule(server));
    assertThat(reason).isEqualTo(restarts.equals("yes") ? changed + " changed" : "");
  }

  @ParameterizedTest
  @CsvSource({"MYSQL,3306,true", "MYSQL,33060,false", "RABBITMQ,4369,false", "REDIS,1,true"})
  void some_ports_of_a_server_are_not_for_clients(KnownServer server, int port, boolean is) {
    assertThat(server.isForClients(port)).isEqualTo(is);
    assertThat(server.isForClients(server.usualPort())).isTrue();
    assertThat(server.usualPort()).isPositive();
  }
}
