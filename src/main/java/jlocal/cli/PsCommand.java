package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.logs.EventMessages;

/** Shows the instances of the running app. */
final class PsCommand extends RunningAppCommand {
  private static final String UP_AND_CLEAR = "\033[%dA\033[J";
  private static final List<String> TITLES =
      List.of("NAME,STATE,PID,PORT,UPTIME,RESTARTS,CPU,MEMORY,KNOWN,LAST EXIT".split(","));
  private static final Integer[] NUMBERS = {2, 3, 4, 5, 6, 7};
  private static final String NONE = "-";

  private int linesShown;

  PsCommand() {
    super("ps");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup("Output", Options.flag(Options.JSON), Options.flag("-w", "--watch")));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    boolean json = values.is(Options.JSON);
    int status = show(app, json, context, "");
    if (!values.is("--watch")) return status;
    var afterInterval = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    while (status == ExitCode.DONE.status()) {
      CompletableFuture.runAsync(() -> {}, afterInterval).join();
      status = show(app, json, context, UP_AND_CLEAR);
    }
    return status;
  }

  private int show(AppClient app, boolean json, Context context, String before) throws IOException {
    return app.question(
        Request.of("ps", "details", json),
        (reply, _) -> {
          if (!(reply instanceof Reply.Instances(var all))) {
            throw new IllegalStateException("" + reply);
          }
          if (context.out().color() && !json) {
            context.out().print(before.formatted(linesShown));
          }
          print(all, json, context.out());
          return ExitCode.DONE.status();
        });
  }

  private void print(List<InstanceStatus> all, boolean json, Out out) {
    if (json) {
      out.json(all.stream().map(InstanceStatus::fields).toList());
    } else {
      var rows = new ArrayList<List<String>>();
      rows.add(TITLES);
      all.forEach(it -> rows.add(row(it)));
      out.table(rows, NUMBERS);
      linesShown = rows.size();
    }
  }

  private static List<String> row(InstanceStatus it) {
    return List.of(
        it.name(),
        it.state(),
        it.pid() == 0 ? NONE : Long.toString(it.pid()),
        Integer.toString(it.port()),
        it.uptimeMs() < 0 ? NONE : EventMessages.span(Duration.ofMillis(it.uptimeMs())),
        Integer.toString(it.restarts()),
        it.cpu() < 0 ? NONE : tenths(it.cpu()) + "%",
        it.memory() < 0 ? NONE : memory(it.memory()),
        it.known().isEmpty() ? NONE : it.known(),
        it.lastExit().isEmpty() ? NONE : it.lastExit());
  }

  /** Formats with one decimal place. String.format would load all locale data, 5 ms. */
  private static String tenths(double number) {
    long tenths = Math.round(number * 10);
    return tenths / 10 + "." + tenths % 10;
  }

  /** Formats in units of 1024, as top(1) does. */
  static String memory(long bytes) {
    double mega = bytes / 1024.0 / 1024.0;
    if (mega < 1) return bytes / 1024 + " KB";
    if (mega < 10) return tenths(mega) + " MB";
    if (mega < 10_240) return Math.round(mega) + " MB";
    return tenths(mega / 1024) + " GB";
  }
}
