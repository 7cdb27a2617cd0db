package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jlocal.os.ExitStatus;
import jlocal.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses real children; the run's marker shows whether anything was left behind. */
@Timeout(60)
class ProcessManagerIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path root;

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void output_of_a_grandchild_that_outlives_its_parent_is_read() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(Map.of("job", "echo early; (sleep 0.7; echo late) & exit 0"), 0);
      stage.until("the end", () -> !stage.events(ProcessEvent.GaveUp.class).isEmpty());

      assertThat(stage.output("job")).isEqualTo("early\nlate\n");
    }
  }

  @Test
  void the_last_lines_are_read_before_the_exit_is_reported() {
    try (var stage = new ManagerFixture(root, RestartPolicy.NEVER, LONG)) {
      stage.run(Map.of("job", "seq 1 20000; echo last >&2; exit 3"), 0);
      stage.until("the end", () -> !stage.events(ProcessEvent.Exited.class).isEmpty());

      assertThat(stage.output("job")).endsWith("20000\nlast\n");
      var exited = stage.events(ProcessEvent.Exited.class).getFirst();
      assertThat(exited.status()).isEqualTo(new ExitStatus.Code(3));
      assertThat(exited.asked()).isFalse();
    }
  }

  @Test
  void a_crashed_instance_is_started_again() {
    Path flag = root.resolve("flag");
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(Map.of("job", "[ -f flag ] && exec sleep 100; touch flag; exit 1"), 0);
      stage.until("up again", () -> !stage.events(ProcessEvent.BecameUp.class).isEmpty());

      assertThat(Files.exists(flag)).isTrue();
      assertThat(stage.events(ProcessEvent.Started.class)).hasSize(2);
      assertThat(stage.events(ProcessEvent.Restarting.class)).hasSize(1);
    }
  }

  @Test
  void web_is_up_once_its_port_accepts() throws IOException {
    int port = freePort();
    String listen =
        "python3 -c \"import socket,os,time; s=socket.create_server(('127.0.0.1',"
            + "int(os.environ['PORT']))); print('open',flush=True); time.sleep(100)\"";
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(Map.of("web", listen), port);
      stage.until("up", () -> !stage.events(ProcessEvent.BecameUp.class).isEmpty());

      stage.until("open", () -> stage.output("web").contains("open"));
    }
  }

  @Test
  void shutdown_leaves_no_grandchildren_or_daemons() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(
          Map.of(
              "tree", "sleep 100 & sleep 100 & (sleep 100; :) & echo ready; wait",
              "daemon", "(setsid sh -c 'sleep 100; :' &) ; echo ready; sleep 100",
              "stopped", "sleep 100 & kill -STOP $!; echo ready; kill -STOP $$"),
          0);
      for (String type : new String[] {"tree", "daemon", "stopped"}) {
        stage.until(type, () -> stage.output(type).contains("ready"));
      }
      assertThat(stage.left()).isGreaterThan(6);

      stage.shutdown();

      assertThat(stage.left()).isZero();
      assertThat(stage.events(ProcessEvent.Killed.class)).isEmpty();
    }
  }

  @Test
  void a_process_that_ignores_term_is_killed_after_the_grace_period() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, SHORT)) {
      stage.run(Map.of("deaf", "trap '' TERM; echo ready; while :; do sleep 1; done"), 0);
      stage.until("ready", () -> stage.output("deaf").contains("ready"));

      stage.shutdown();

      assertThat(stage.left()).isZero();
      assertThat(stage.events(ProcessEvent.Killed.class)).hasSize(1);
      assertThat(stage.events(ProcessEvent.Exited.class).getFirst().status())
          .isEqualTo(new ExitStatus.Signaled(Signal.KILL));
    }
  }

  @Test
  void a_kill_ends_the_grace_period_after_the_log_named_the_remaining_process() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, Duration.ofHours(1))) {
      stage.run(Map.of("deaf", "trap '' TERM; echo ready; while :; do sleep 1; done"), 0);
      stage.until("ready", () -> stage.output("deaf").contains("ready"));
      var end = stage.manager.shutdown();
      stage.until("told", () -> !stage.events(ProcessEvent.SlowToStop.class).isEmpty());
      assertThat(stage.events(ProcessEvent.SlowToStop.class).getFirst().process().ignoresTerm())
          .isTrue();
      stage.manager.shutdown();
      assertThat(end.toCompletableFuture()).isNotDone();

      stage.manager.kill();
      stage.shutdown();

      assertThat(stage.left()).isZero();
    }
  }

  @Test
  void a_stop_joins_a_restart_and_kills_only_when_it_is_given_again() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, Duration.ofHours(1))) {
      stage.run(Map.of("deaf", "trap '' TERM; echo ready; while :; do sleep 1; done"), 0);
      stage.until("ready", () -> stage.output("deaf").contains("ready"));
      stage.manager.order(ManagerFixture.name("deaf"), Order.RESTART);
      stage.manager.order(ManagerFixture.name("deaf"), Order.STOP);
      stage.manager.order(ManagerFixture.name("deaf"), Order.STOP);
      stage.until("told", () -> !stage.events(ProcessEvent.SlowToStop.class).isEmpty());
      assertThat(stage.events(ProcessEvent.Killed.class)).isEmpty();

      stage.until(
          "killed",
          () -> {
            stage.manager.order(ManagerFixture.name("deaf"), Order.STOP);
            return !stage.events(ProcessEvent.Exited.class).isEmpty();
          });

      assertThat(stage.events(ProcessEvent.Killed.class)).hasSize(1);
    }
  }

  @Test
  void a_restart_waits_until_the_old_process_is_gone() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(
          Map.of("job", "trap 'echo bye; exit 0' TERM; echo hello; while :; do sleep 0.05; done"),
          0);
      stage.until("hello", () -> stage.output("job").contains("hello"));

      stage.manager.order(ManagerFixture.name("job"), Order.RESTART);
      stage.until("again", () -> stage.output("job").endsWith("bye\nhello\n"));

      assertThat(stage.events(ProcessEvent.Started.class)).hasSize(2);
    }
  }

  @Test
  void a_command_that_cannot_be_started_is_reported_with_its_reason() {
    try (var stage = new ManagerFixture(root.resolve("gone"), RestartPolicy.ON_CRASH, LONG)) {
      stage.run(Map.of("job", "true"), 0);
      stage.until("told", () -> !stage.events(ProcessEvent.NotStarted.class).isEmpty());

      assertThat(stage.events(ProcessEvent.NotStarted.class).getFirst().why())
          .contains("no such file");
    }
  }

  @Test
  void a_second_formation_changes_only_the_differences() {
    try (var stage = new ManagerFixture(root, RestartPolicy.ON_CRASH, LONG)) {
      stage.run(
          Map.of(
              "same",
              "echo s; sleep 100",
              "changed",
              "echo a; sleep 100",
              "gone",
              "echo g; sleep 100"),
          0);
      stage.until(
          "all",
          () ->
              stage.output("gone").contains("g")
                  && stage.output("same").contains("s")
                  && stage.output("changed").contains("a"));

      stage.run(
          Map.of(
              "same",
              "echo s; sleep 100",
              "changed",
              "echo b; sleep 100",
              "added",
              "echo n; sleep 100"),
          0);
      stage.until("added", () -> stage.output("added").equals("n\n"));
      stage.until("changed", () -> stage.output("changed").equals("a\nb\n"));
      stage.until("gone", () -> stage.events(ProcessEvent.Exited.class).size() == 2);

      assertThat(stage.output("same")).isEqualTo("s\n");
    }
  }
}
