package jlocal.app;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.logs.Announcer;
import jlocal.logs.Backlog;
import jlocal.logs.LogHub;
import jlocal.logs.Source;
import jlocal.logs.Spool;
import jlocal.process.OutputReader;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessListener;
import jlocal.process.Verdict;
import jlocal.terminal.Legend;
import jlocal.terminal.LogPainter;
import org.jspecify.annotations.Nullable;

/** The log of a running app: what its processes write, and what jlocal says of them. */
final class AppLog implements OutputReader, ProcessListener {
  /** At the end the log is given this long to reach a reader who may have stopped reading. */
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final LogPainter painter;
  private final Backlog backlog;
  private final LogHub hub;
  private final @Nullable Spool spool;
  private final CiReport report = new CiReport();
  private final CrashReport crashes = new CrashReport(this);
  private volatile boolean ending;

  /**
   * A log that is shown on {@code out}.
   *
   * @param outputGone called when nobody reads {@code out} any more
   */
  AppLog(AppPlan plan, WritableByteChannel out, Runnable outputGone) {
    painter = new LogPainter(plan.log().style(), legend(plan), out, outputGone);
    backlog = new Backlog(Math.max(1, plan.log().backlog()));
    spool = plan.log().onlyFailures() ? new Spool() : null;
    hub = LogHub.start(List.of(spool == null ? painter : spool, backlog));
  }

  private static Legend legend(AppPlan plan) {
    var instances = plan.formation().specs().keySet().stream().map(Source.App::new);
    return Legend.of(
        plan.types(), Stream.concat(instances, Stream.of(Source.MANAGER, Source.ROUTER)).toList());
  }

  @Override
  public CompletionStage<Void> read(InstanceName name, Pipe.SourceChannel output) {
    return hub.read(new Source.App(name), output);
  }

  /** A line of jlocal's own; returns at once, whatever the reader does. */
  void say(String sentence) {
    hub.say(Source.MANAGER, sentence);
  }

  /** A line of the router's. */
  void sayOfRequest(String line) {
    hub.say(Source.ROUTER, line);
  }

  /** The last lines of an instance, without colours. */
  List<String> last(InstanceName name, int lines) {
    return backlog.last(new Source.App(name), lines);
  }

  @Override
  public void onEvent(ProcessEvent event) {
    report.onEvent(event);
    boolean idle = ending && event instanceof ProcessEvent.Restarting;
    if (!idle) Announcer.sentences(event).forEach(this::say);
    crashes.onEvent(event);
  }

  /** Why the app ends: from now on nothing is said of starts that will not come. */
  void sayWhy(String sentence) {
    ending = true;
    say(sentence);
  }

  /** The same; on the manager's thread. */
  void sayWhy(Verdict verdict) {
    ending = true;
    if (verdict instanceof Verdict.CrashLoop(var name, _)) crashes.print(name);
    Announcer.sentences(verdict).forEach(this::say);
  }

  /** Shows what has been written until now, and stops. */
  void close() {
    hub.close(LAST_LINES);
    if (spool != null) showFailure(spool);
  }

  private void showFailure(Spool all) {
    InstanceName failed = report.failed();
    if (failed != null) all.replay(new Source.App(failed), painter);
    report.timings().forEach(this::paint);
    painter.flush();
    all.close();
  }

  private void paint(String sentence) {
    byte[] line = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocateDirect(line.length).order(ByteOrder.LITTLE_ENDIAN);
    painter.lines(Source.MANAGER, bytes.put(line).flip());
  }
}
