package jlocal.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import jlocal.Await;
import jlocal.formation.InstanceName;
import jlocal.os.LateOutput;
import jlocal.os.WrittenPipe;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogHubTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final Source WORKER =
      new Source.App(new InstanceName(new ProcessType("worker"), 1));
  private static final Duration REPORT_DELAY = Duration.ofSeconds(30);

  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

  private final Recorder drain = new Recorder();
  private final LogHub hub = LogHub.start(List.of(drain), false);

  @AfterEach
  void close() {
    hub.close(REPORT_DELAY);
  }

  @Test
  void lines_are_delivered_whole_and_the_last_one_is_ended() throws Exception {
    var pipe = WrittenPipe.open();
    var ended = hub.read(WEB, pipe.source());
    write(pipe, "one\n\ntwo\nlast");
    pipe.sink().close();
    wait(ended);
    assertThat(drain.calls()).containsExactly("web.1: one", "web.1: ", "web.1: two", "web.1: last");
    assertThatThrownBy(() -> pipe.source().read(ByteBuffer.allocateDirect(1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_pause_shows_the_unfinished_line() throws Exception {
    var pipe = WrittenPipe.open();
    var ended = hub.read(WEB, pipe.source());
    write(pipe, "a\nName? ");
    awaitCall("web.1… Name? ");
    awaitCall("web.1 stalled");
    write(pipe, "Ann\nb\n");
    pipe.sink().close();
    wait(ended);
    assertThat(drain.calls())
        .containsExactly("web.1: a", "web.1… Name? ", "web.1 stalled", "web.1: Ann", "web.1: b");
  }

  @Test
  void a_pause_inside_a_character_does_not_show_part_of_it() throws Exception {
    var pipe = WrittenPipe.open();
    var ended = hub.read(WEB, pipe.source());
    byte[] fox = "ab🦊\n".getBytes(UTF_8);
    pipe.sink().write(ByteBuffer.wrap(fox, 0, 4));
    awaitCall("web.1… ab");
    pipe.sink().write(ByteBuffer.wrap(fox, 4, 3));
    pipe.sink().close();
    wait(ended);
    assertThat(drain.calls())
        .filteredOn(call -> !call.endsWith("stalled"))
        .containsExactly("web.1… ab", "web.1: 🦊");
  }

  @Test
  void two_pipes_of_one_source_do_not_share_a_line() throws Exception {
    var old = WrittenPipe.open();
    var young = WrittenPipe.open();
    var oldEnded = hub.read(WEB, old.source());
    var youngEnded = hub.read(WEB, young.source());
    write(old, "old");
    awaitCall("web.1… old");
    write(young, "new\n");
    awaitCall("web.1: new");
    write(old, " rest\n");
    old.sink().close();
    young.sink().close();
    wait(oldEnded);
    wait(youngEnded);
    assertThat(drain.calls())
        .filteredOn(call -> !call.endsWith("stalled"))
        .containsExactly("web.1… old", "web.1: ", "web.1: new", "web.1:  rest");
  }

  @Test
  void the_last_lines_come_before_the_exit_message() throws Exception {
    for (int i = 0; i < 200; i++) {
      var pipe = WrittenPipe.open();
      write(pipe, "last words");
      pipe.sink().close();
      wait(hub.read(WEB, pipe.source()).thenRun(() -> hub.say(Source.MANAGER, "web.1 exited")));
    }
    hub.close(REPORT_DELAY);
    assertThat(drain.calls()).hasSize(400);
    for (int i = 0; i < 400; i += 2) {
      assertThat(drain.calls().subList(i, i + 2))
          .containsExactly("web.1: last words", "manager: web.1 exited");
    }
  }

  @Test
  void close_drains_pipes_that_stay_open() throws Exception {
    var pipe = WrittenPipe.open();
    write(pipe, "one\ntwo");
    var ended = hub.read(WEB, pipe.source());
    hub.say(Source.MANAGER, "bye");
    hub.close(REPORT_DELAY);
    assertThat(drain.calls()).containsExactlyInAnyOrder("web.1: one", "web.1: two", "manager: bye");
    assertThat(ended.toCompletableFuture()).isDone();
    hub.say(Source.MANAGER, "too late");
    var late = WrittenPipe.open();
    wait(hub.read(WEB, late.source()));
    assertThat(drain.calls()).hasSize(3);
  }

  @Test
  void close_waits_for_a_thread_that_reads_late() throws Exception {
    hub.read(WEB, new LateOutput("late\n", Duration.ofMillis(1200)));
    hub.say(Source.MANAGER, "bye");
    hub.close(REPORT_DELAY);
    assertThat(drain.calls()).containsExactlyInAnyOrder("web.1: late", "manager: bye");
  }

  @Test
  void a_flood_does_not_delay_close() throws Exception {
    var pipe = WrittenPipe.open();
    hub.read(WEB, pipe.source());
    var flood = CompletableFuture.runAsync(() -> flood(pipe), THREADS);
    awaitCall("web.1: " + Recorder.FLOOD);
    hub.close(Duration.ofMillis(100));
    // The pipe has no reader any more, so the flood ends as well.
    flood.get(30, SECONDS);
  }

  @Test
  void a_flood_does_not_delay_other_sources() throws Exception {
    var loud = WrittenPipe.open();
    hub.read(WEB, loud.source());
    var flood = CompletableFuture.runAsync(() -> flood(loud), THREADS);
    awaitCall("web.1: " + Recorder.FLOOD);
    var quiet = WrittenPipe.open();
    hub.read(WORKER, quiet.source());
    write(quiet, "here\n");
    awaitCall("worker.1: here");
    hub.close(Duration.ofMillis(100));
    flood.get(30, SECONDS);
  }

  @Test
  void a_sink_gets_exactly_what_is_written_while_it_is_attached() {
    var guest = new Recorder();
    say("before");
    hub.attach(guest);
    say("while it is there");
    hub.detach(guest);
    say("after");
    assertThat(drain.calls())
        .containsExactly("manager: before", "manager: while it is there", "manager: after");
    assertThat(guest.calls()).containsExactly("manager: while it is there");
  }

  @Test
  void sinks_are_attached_and_detached_during_a_flood() throws Exception {
    var loud = WrittenPipe.open();
    hub.read(WEB, loud.source());
    var flood = CompletableFuture.runAsync(() -> flood(loud), THREADS);
    awaitCall("web.1: " + Recorder.FLOOD);
    for (int i = 0; i < 100; i++) {
      var guest = new Recorder();
      hub.attach(guest);
      Await.until("a call", () -> !guest.calls().isEmpty(), guest::calls);
      hub.detach(guest);
      assertThat(guest.calls().getLast()).isEqualTo("web.1: " + Recorder.FLOOD);
    }
    hub.close(Duration.ofMillis(100));
    flood.get(30, SECONDS);
  }

  @Test
  void the_action_of_a_line_runs_when_it_is_written() {
    hub.say("a line", () -> drain.note(drain.isFlushed() ? "then" : "too early"));
    Await.until("two calls", () -> drain.calls().size() >= 2, drain::calls);
    assertThat(drain.calls()).containsExactly("manager: a line", "then");
  }

  private void say(String text) {
    hub.say(Source.MANAGER, text);
    awaitCall("manager: " + text);
  }

  private static void flood(WrittenPipe pipe) {
    try {
      while (true) write(pipe, (Recorder.FLOOD + "\n").repeat(100));
    } catch (IOException closed) {
      // That ends it.
    }
  }

  private static void write(WrittenPipe pipe, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) pipe.sink().write(bytes);
  }

  private static void wait(CompletionStage<?> stage) throws Exception {
    stage.toCompletableFuture().get(30, SECONDS);
  }

  private void awaitCall(String call) {
    Await.until(call, () -> drain.calls().contains(call), drain::calls);
  }
}
