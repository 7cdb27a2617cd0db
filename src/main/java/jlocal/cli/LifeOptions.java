package jlocal.cli;

import java.time.Duration;
import java.util.List;
import java.util.SequencedSet;
import jlocal.problem.Problem;
import jlocal.process.ExitPolicy;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;

/**
 * How processes live and end.
 *
 * @param grace between TERM and KILL
 * @param restart what an ended process means for itself
 * @param onExit what it means for the others
 * @param canDie the types whose end means nothing for the others
 * @param ci whether nobody is there to mend a crash loop or to read more than the failing log
 */
record LifeOptions(
    Duration grace,
    RestartPolicy restart,
    ExitPolicy.OnExit onExit,
    SequencedSet<ProcessType> canDie,
    boolean ci) {

  static final Option<Duration> TIMEOUT =
      Option.of(
          "-t, --timeout", Kind.SECONDS, "5", "time a process has to end before it is killed");
  static final Option<RestartPolicy> RESTART =
      Option.of(
          "--restart",
          Kind.oneOf(RestartPolicy.class),
          "on-crash",
          "when an ended process is started again; never with --on-exit stop, if nothing is said");
  static final Option<ExitPolicy.OnExit> ON_EXIT =
      Option.of(
          "--on-exit",
          Kind.oneOf(ExitPolicy.OnExit.class),
          "keep",
          "what it means for the others that a process ended for good");
  static final Option<SequencedSet<ProcessType>> CAN_DIE =
      Option.of("--can-die", Kind.TYPES, "", "with --on-exit stop: types that may end");
  static final Option<Boolean> CI =
      Option.off("--ci", "print only the log of the process that failed, and the timings");

  static final List<Option<?>> OPTIONS = List.of(TIMEOUT, RESTART, ON_EXIT, CAN_DIE, CI);

  static LifeOptions from(Settings settings) {
    ExitPolicy.OnExit onExit = settings.get(ON_EXIT);
    var life =
        new LifeOptions(
            settings.get(TIMEOUT),
            restart(settings, onExit),
            onExit,
            settings.get(CAN_DIE),
            settings.get(CI));
    if (!life.canDie.isEmpty() && life.onExit == ExitPolicy.OnExit.KEEP) {
      settings.add(Problem.warning("--can-die means nothing without --on-exit stop"));
    }
    return life;
  }

  /** Who wants all to stop when one ends does not want that one started again; Foreman's way. */
  private static RestartPolicy restart(Settings settings, ExitPolicy.OnExit onExit) {
    boolean foreman = onExit == ExitPolicy.OnExit.STOP && !settings.isGiven(RESTART);
    return foreman ? RestartPolicy.NEVER : settings.get(RESTART);
  }
}
