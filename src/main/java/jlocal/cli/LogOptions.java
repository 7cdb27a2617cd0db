package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.terminal.TtyMode;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of the log, and what is kept.
 *
 * @param hidden who is not shown: types, {@code manager}, {@code router}
 * @param tty whether each process gets a terminal
 * @param files where it is written to as well; null for nowhere
 * @param buffer how many lines are kept in memory, at least 1
 */
record LogOptions(
    LineOptions line,
    SequencedSet<ProcessType> hidden,
    TtyMode tty,
    @Nullable LogFolder files,
    int buffer) {
  private static final List<String> OURS = List.of("manager", "router");

  static final Option<SequencedSet<ProcessType>> HIDE =
      Option.of("--hide", Kind.TYPES, "", "types not shown; also manager and router");
  static final Option<TtyMode> TTY =
      Option.of(
          "--tty",
          Kind.oneOf(TtyMode.class),
          "auto",
          "a terminal for each process, so that it colours and flushes");
  static final Option<Integer> BUFFER =
      Option.of(
          "--log-buffer",
          Kind.number(1, 1_000_000),
          "1500",
          "log lines of each process kept in memory");

  static final List<Option<?>> OPTIONS =
      Group.of(
              "Log",
              List.of(LineOptions.OPTIONS, List.of(HIDE, TTY), LogFolder.OPTIONS, List.of(BUFFER)))
          .options();

  static LogOptions from(Settings settings) {
    return new LogOptions(
        LineOptions.from(settings),
        settings.get(HIDE),
        settings.get(TTY),
        LogFolder.from(settings),
        settings.get(BUFFER));
  }

  /** What is in the way of such a log. */
  List<Problem> problems(Procfile procfile) {
    var problems = new ArrayList<Problem>();
    List<String> known =
        Stream.concat(procfile.entries().keySet().stream().map(ProcessType::name), OURS.stream())
            .toList();
    for (ProcessType type : hidden) {
      if (!known.contains(type.name())) problems.add(nobody(type.name(), known));
    }
    Problem unwritable = files == null ? null : files.open();
    if (unwritable != null) problems.add(unwritable);
    return problems;
  }

  private static Problem nobody(String name, List<String> known) {
    String near = Nearest.of(name, known);
    String meant = near == null ? "" : "; did you mean '" + near + "'?";
    return Problem.error("--hide: nobody is called '" + Printable.of(name) + "'" + meant)
        .hint("there are " + String.join(", ", known));
  }

  /** Who is hidden, by name. */
  Set<String> hiddenNames() {
    return hidden.stream().map(ProcessType::name).collect(Collectors.toUnmodifiableSet());
  }
}
