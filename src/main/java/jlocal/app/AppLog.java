package jlocal.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jlocal.ansi.ByteScan;
import jlocal.app.AppPlan.Files;
import jlocal.app.AppPlan.LogPlan;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.formation.StartOrder;
import jlocal.logs.EventMessages;
import jlocal.logs.LogHistory;
import jlocal.logs.LogHub;
import jlocal.logs.LogSink;
import jlocal.logs.LogSpool;
import jlocal.logs.LossyChannel;
import jlocal.logs.Source;
import jlocal.os.BrokenPipe;
import jlocal.os.ChildOutput;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogFiles;
import jlocal.terminal.LogFormat;
import org.jspecify.annotations.Nullable;

/** The log of a running app: the output of its processes, and jlocal's messages. */
final class AppLog implements ProcessManager.OutputReader, ProcessEvent.Listener {
  /** How long, at the end, the log waits for a terminal that has stopped reading. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** The delay before a failed write to stdout is retried. */
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  private final LogPlan plan;
  private final Set<ProcessType> services = ConcurrentHashMap.newKeySet();
  private final LossyChannel out;
  private final Consumer<String> stderr;
  private final LogSink screen;
  private final LogFilter filter;
  private final LogHistory history;
  private final LogHub hub;
  private final @Nullable LogSpool spool;
  private final @Nullable LogFiles files;
  private final FailureLog failures = new FailureLog(this);
  private @Nullable ReadyLines readyLines;
  private volatile boolean ending;
  private volatile Supplier<String> toKill = () -> "";

  /** {@code outputGone} is called when stdout has no reader any more. */
  AppLog(AppPlan plan, App.StandardStreams streams, Runnable outputGone) {
    LogPlan log = plan.log();
    this.plan = log;
    hideServices(plan.formation());
    stderr = streams.err();
    out = new LossyChannel(streams.out(), RETRY_INTERVAL, BrokenPipe::is, new Outage());
    screen = log.form().to(out, names(plan, this::shows), outputGone);
    history = new LogHistory(log.backlog());
    spool = log.onlyFailures() ? new LogSpool() : null;
    filter = new LogFilter(this::shows, screen);
    LogSink shown = spool == null ? filter : spool;
    boolean raw = log.form() instanceof LogFormat.Text text && text.raw();
    hub = LogHub.start(List.of(history, shown), raw);
    files = log.files() == null ? null : files(plan, log.files());
    if (files != null) hub.attach(files);
  }

  private boolean shows(Source source) {
    boolean isService = source instanceof Source.App(var name) && services.contains(name.type());
    return !isService && plan.shows(source);
  }

  /** Hides the output of a formation's services from now on, even at their end. */
  void hideServices(Formation formation) {
    for (ProcessSpec spec : formation.specs().values()) {
      if (spec.own().isService()) services.add(spec.name().type());
    }
  }

  /** Reports when stdout cannot be written, as on a full disk, and when it can again. */
  private final class Outage implements LossyChannel.Listener {
    @Override
    public void failed(IOException why) {
      String sentence = "cannot write the log to stdout: " + why.getMessage();
      stderr.accept(sentence + "; lines are dropped and counted until it works again");
      say(sentence);
    }

    @Override
    public void recovered(long dropped) {
      say("stdout can be written again; lines dropped: " + dropped);
    }
  }

  private LogFiles files(AppPlan plan, Files wanted) {
    return new LogFiles(wanted.folder(), wanted.rotation(), names(plan, _ -> true), this::say);
  }

  private static LogFormat.Names names(AppPlan plan, Predicate<Source> shown) {
    return LogFormat.Names.of(plan.types(), plan.formation().specs().keySet(), shown);
  }

  @Override
  public CompletionStage<Void> read(InstanceName name, ChildOutput output) {
    history.beginRun(new Source.App(name));
    return hub.read(new Source.App(name), output);
  }

  /** Looks for the lines that show readiness, and reports their instances to {@code found}. */
  synchronized void lookForReadyLines(StartOrder order, Consumer<InstanceName> found) {
    boolean isNew = readyLines == null;
    ReadyLines lines = readyLines == null ? new ReadyLines(found) : readyLines;
    if (!lines.lookFor(order) || !isNew) return;
    readyLines = lines;
    hub.attach(lines);
  }

  /** Returns the filter of the app's own terminal. */
  LogFilter filter() {
    return filter;
  }

  /** Logs a message of jlocal; returns at once, even if nothing reads the log. */
  void say(String sentence) {
    hub.say(Source.MANAGER, sentence);
  }

  /** Logs a message, and runs {@code then} on the log's thread when it is written. */
  void say(String sentence, Runnable then) {
    hub.say(sentence, then);
  }

  /** Logs a line of the router. */
  void sayOfRequest(String line) {
    hub.say(Source.ROUTER, line);
  }

  /** Returns the recent log, in memory. */
  LogHistory history() {
    return history;
  }

  /** Returns the last lines of an instance's current run, in colour. */
  List<String> lastInColor(InstanceName name, int lines) {
    return history.lastInColor(new Source.App(name), lines);
  }

  /** How processes ended. */
  FailureLog failures() {
    return failures;
  }

  @Override
  public void onEvent(ProcessEvent event) {
    boolean idle = ending && event instanceof ProcessEvent.Restarting;
    if (event instanceof ProcessEvent.SlowToStop wait)
      say(EventMessages.slowToStop(wait, toKill.get()));
    else if (!idle) EventMessages.sentences(event).forEach(this::say);
    failures.onEvent(event);
    if (event instanceof ProcessEvent.Exited(var name, _, var status, _, var asked)) {
      boolean isUnseen = services.contains(name.type()) && !asked && !status.isClean();
      if (isUnseen) failures.print(name);
    }
  }

  /** Sets how the user can end the grace period, logged at its end. */
  void howToKill(Supplier<String> sentence) {
    toKill = sentence;
  }

  /** Logs why the app ends; planned restarts are no longer announced. */
  void sayWhy(String sentence) {
    ending = true;
    say(sentence);
  }

  /** Logs why the app ends; on the manager's thread. */
  void sayWhy(ExitPolicy.Decision decision) {
    ending = true;
    if (decision instanceof ExitPolicy.Decision.CrashLoop(var name, _)) failures.print(name);
    EventMessages.sentences(decision).forEach(this::say);
  }

  /** Delivers what has been written so far, and stops. */
  void close() {
    hub.close(CLOSE_TIMEOUT);
    if (spool != null) showFailure(spool);
    if (files != null) files.close();
    if (out.dropped() > 0) stderr.accept("log lines dropped at the end: " + out.dropped());
  }

  private void showFailure(LogSpool all) {
    InstanceName failed = failures.first();
    if (failed != null) all.replay(new Source.App(failed), screen);
    failures.sentences().forEach(this::paint);
    if (all.dropped() > 0) paint("lines dropped, because they could not be kept: " + all.dropped());
    screen.flush();
    all.close();
  }

  private void paint(String sentence) {
    byte[] line = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    var bytes = ByteScan.buffer(line.length);
    screen.lines(Source.MANAGER, bytes.put(line).flip());
  }
}
