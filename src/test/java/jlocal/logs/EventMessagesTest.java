package jlocal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.os.LiveProcess;
import jlocal.process.ProcessEvent;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventMessagesTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);

  private static ProcessEvent exited(int code, boolean asked) {
    return new ProcessEvent.Exited(WEB, 812, ExitStatus.of(code), Duration.ofSeconds(3), asked);
  }

  private static LiveProcess process(boolean leader, boolean allowed, boolean deaf) {
    return new LiveProcess(812, leader, "sudo", "root", allowed, deaf);
  }

  private static ProcessEvent.SlowToStop slowToStop(LiveProcess process, boolean stopped) {
    return new ProcessEvent.SlowToStop(WEB, process, Duration.ofMillis(1980), stopped);
  }

  static List<Arguments> events() {
    var port = new TreeSet<>(List.of(3000));
    return List.of(
        Arguments.of(
            new ProcessEvent.Started(WEB, 812, 5000),
            List.of("web.1 started with pid 812 on port 5000")),
        Arguments.of(
            new ProcessEvent.Started(new InstanceName(new ProcessType("worker"), 2), 813, 5101),
            List.of("worker.2 started with pid 813")),
        Arguments.of(exited(1, false), List.of("web.1 exited with code 1 after 3 s")),
        Arguments.of(exited(143, true), List.of("web.1 terminated by SIGTERM after 3 s")),
        Arguments.of(
            exited(137, false),
            List.of("web.1 killed by SIGKILL (out of memory? see dmesg) after 3 s")),
        Arguments.of(exited(137, true), List.of("web.1 terminated by SIGKILL after 3 s")),
        Arguments.of(
            new ProcessEvent.Restarting(WEB, Duration.ZERO, 1),
            List.of("starting web.1 again at once (crash 1)")),
        Arguments.of(
            new ProcessEvent.Restarting(WEB, Duration.ofSeconds(2), 3),
            List.of("starting web.1 again in 2 s (crash 3)")),
        Arguments.of(
            new ProcessEvent.NotListening(WEB, 5000, port),
            List.of(
                "web.1 has not opened its port 5000, but port 3000; let its command use $PORT")),
        Arguments.of(
            new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>()),
            List.of("web.1 has not opened its port 5000; does its command use $PORT?")),
        Arguments.of(new ProcessEvent.GaveUp(WEB, ExitStatus.of(0), 1), List.of()),
        Arguments.of(
            new ProcessEvent.GaveUp(WEB, ExitStatus.of(1), 10),
            List.of(
                "web.1 exited 10 times without ever being up and is not restarted",
                "fix it, then 'jlocal start web' starts it again")));
  }

  static List<Arguments> ends() {
    return List.of(
        Arguments.of(
            slowToStop(process(true, true, true), false),
            List.of("waiting for web.1 (pid 812, ignoring TERM, 2 s left)")),
        Arguments.of(
            slowToStop(process(false, true, false), true),
            List.of(
                "waiting for web.1 (pid 812 sudo, still busy after TERM, 2 s left;"
                    + " 'jlocal stop web.1' again to kill)")),
        Arguments.of(
            slowToStop(process(true, false, false), true),
            List.of(
                "waiting for web.1 (pid 812, it runs as root, so jlocal may not signal it (EPERM);"
                    + " 'sudo kill 812' ends it, 2 s left)")),
        Arguments.of(
            new ProcessEvent.Unkillable(WEB, List.of(process(false, false, false))),
            List.of(
                "web.1: pid 812 (sudo) is still running: it runs as root, so jlocal may not signal"
                    + " it (EPERM); 'sudo kill 812' ends it")));
  }

  @ParameterizedTest
  @MethodSource({"events", "ends"})
  void an_event_has_a_message(ProcessEvent event, List<String> sentences) {
    assertThat(EventMessages.sentences(event)).isEqualTo(sentences);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80 ms",
    "999, 999 ms",
    "1000, 1 s",
    "1640, 1.6 s",
    "9990, 9.9 s",
    "59999, 59 s",
    "125000, 2 min 5 s",
    "11520000, 3 h 12 min",
  })
  void a_duration_has_one_or_two_units(long millis, String span) {
    assertThat(EventMessages.span(Duration.ofMillis(millis))).isEqualTo(span);
  }
}
