package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.control.Reply;
import jlocal.formation.InstanceName;
import jlocal.logs.Announcer;
import jlocal.os.Listeners;
import jlocal.process.ProcessState;

/** What became of an order, for the person who gave it. */
final class Report {
  private static final String ENDING = "the app is ending";

  private final Roster roster;
  private final AppLog log;
  private final List<String> did = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Duration boot;
  private boolean crashed;

  /**
   * An empty report.
   *
   * @param boot how long a process may take to come up; zero for ever
   */
  Report(Roster roster, AppLog log, Duration boot) {
    this.roster = roster;
    this.log = log;
    this.boot = boot;
  }

  /** Adds what comes of it; waits for that if wanted. */
  void add(Expected.Change change, boolean await) {
    switch (change) {
      case Expected.Coming(var name, _) when !await -> did.add("starting " + name);
      case Expected.Going(var name) when !await -> did.add("stopping " + name);
      case Expected.Coming(var name, var life) -> coming(name, roster.outcome(name, life, boot));
      case Expected.Going(var name) -> {
        roster.awaitRest(name);
        Standing now = roster.of(name);
        if (now.isStuck()) failed(now.remark());
        else did.add(name + " is stopped");
      }
    }
  }

  private void coming(InstanceName name, Outcome outcome) {
    switch (outcome) {
      case Outcome.Up _ -> did.add(up(name));
      case Outcome.Exited _ -> did.add(name + " has exited with code 0");
      case Outcome.Stopped _ -> failed(name + " was stopped meanwhile");
      case Outcome.Failed(var how) -> {
        failed(how);
        log.ofFailure(name).forEach(line -> failed.add("  " + line));
      }
      case Outcome.Late(var why) -> failed.add(late(name, why));
      case Outcome.Pending _ -> failed(name + ": " + ENDING);
    }
  }

  private void failed(String sentence) {
    failed.add(sentence);
    crashed = true;
  }

  private String late(InstanceName name, String why) {
    String what = why.isEmpty() ? "" : ": " + why;
    return "%s is still starting after %s%s".formatted(name, Announcer.span(boot), what);
  }

  /** A port is told only where something listens on it. */
  private String up(InstanceName name) {
    Standing now = roster.of(name);
    if (!(now.state() instanceof ProcessState.Up(var pid))) return name + " is up";
    boolean listens = Listeners.isListening(pid, now.port());
    String port = listens ? " on port " + now.port() : "";
    return "%s is up%s, pid %d".formatted(name, port, pid);
  }

  Reply reply() {
    return failed.isEmpty() ? new Reply.Done(did) : new Reply.Failed(did, failed, crashed);
  }

  /** The same with these sentences before it. */
  static Reply after(List<String> sentences, Reply reply) {
    return both(new Reply.Done(sentences), reply);
  }

  /** Both together; refused is nothing that comes after something was done. */
  static Reply both(Reply first, Reply second) {
    var done = new ArrayList<>(did(first));
    done.addAll(did(second));
    var wrong = new ArrayList<>(wrong(first));
    wrong.addAll(wrong(second));
    return wrong.isEmpty()
        ? new Reply.Done(done)
        : new Reply.Failed(done, wrong, crashed(first) || crashed(second));
  }

  private static List<String> did(Reply reply) {
    return switch (reply) {
      case Reply.Done(var sentences) -> sentences;
      case Reply.Failed(var sentences, _, _) -> sentences;
      case Reply.Refused _, Reply.Info _, Reply.Instances _, Reply.Counts _, Reply.Streaming _ ->
          List.of();
    };
  }

  private static boolean crashed(Reply reply) {
    return reply instanceof Reply.Refused || (reply instanceof Reply.Failed(_, _, var it) && it);
  }

  private static List<String> wrong(Reply reply) {
    return switch (reply) {
      case Reply.Failed(_, var sentences, _) -> sentences;
      case Reply.Refused(var why, _) -> List.of(why);
      case Reply.Done _, Reply.Info _, Reply.Instances _, Reply.Counts _, Reply.Streaming _ ->
          List.of();
    };
  }
}
