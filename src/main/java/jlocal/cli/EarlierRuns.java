package jlocal.cli;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import jlocal.app.LogQuery;
import jlocal.app.RunningApp;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.ControlClient;
import jlocal.control.Request;
import jlocal.formation.InstanceName;
import jlocal.history.RunLog;
import jlocal.history.RunLogWriter;
import jlocal.logs.LogSnapshot;
import jlocal.logs.Source;
import jlocal.os.User;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.text.Timestamp;

/** The saved logs of an app's runs. */
record EarlierRuns(AppKey app, Context context) {
  private Path folder() {
    return User.dataFolder(context.environment()).resolve("logs").resolve(app.fileName());
  }

  /** Saves the log of a run that has begun. */
  void keep(RunningApp running) {
    RunLogWriter.start(folder(), running);
  }

  /**
   * Shows the log of a run in the format of a running app.
   *
   * @param number 1 for the last
   * @param request for the log of a running app
   * @param notRunning reports that no app is running
   * @return the exit status
   */
  int show(int number, Request request, AppClient.Otherwise notRunning) throws IOException {
    Path folder = folder();
    long now = runningSince();
    List<Long> runs = RunLog.list(folder).stream().filter(began -> began < now).toList();
    boolean isRunning = now < Long.MAX_VALUE;
    if (runs.size() < number) {
      return number == 1 && !isRunning ? notRunning.run() : missing(runs.size(), number);
    }
    var query = LogQuery.of(request.arguments());
    RunLog run = RunLog.read(folder, runs.get(number - 1));
    Problem unknown = query.unknownName(run.types().stream().map(ProcessType::name).toList());
    if (unknown != null) return context.refuse(unknown, ExitCode.USAGE);
    String when =
        "the log of the run of "
            + Timestamp.DATE_AND_TIME.of(run.began())
            + " to "
            + Timestamp.DATE_AND_TIME.of(run.ended());
    context.report(List.of(Problem.warning(when)));
    show(run, query, context.out().bytes().get());
    return query.tail() && !isRunning ? notRunning.run() : ExitCode.DONE.status();
  }

  private static void show(RunLog run, LogQuery query, WritableByteChannel out) {
    var instances = new TreeSet<InstanceName>();
    for (LogSnapshot.Chunk chunk : run.chunks()) {
      if (chunk.source() instanceof Source.App(var name)) instances.add(name);
    }
    List<LogSnapshot.Chunk> wanted =
        run.chunks().stream().filter(chunk -> query.wants(chunk.source())).toList();
    query
        .screen(run.types(), instances, out, () -> {})
        .write(new LogSnapshot(wanted, Integer.MAX_VALUE));
  }

  /** Returns the start time of the running app; the run that began then has not ended. */
  private long runningSince() throws IOException {
    for (AppInfo info : ControlClient.runningApps(app, context.environment())) {
      if (info.procfile().equals(app.procfile())) return info.startedAt();
    }
    return Long.MAX_VALUE;
  }

  private int missing(int runs, int number) {
    var problem = Problem.error("no log is kept of run " + number);
    return context.refuse(
        problem.hint("of runs that have ended " + runs + " are kept"), ExitCode.NOT_RUNNING);
  }
}
