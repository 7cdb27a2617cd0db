package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** All commands of this jlocal, in the order of the help. */
final class Commands {
  private final List<SubCommand<?>> all = new ArrayList<>();

  /**
   * The app's commands, and the three about jlocal itself.
   *
   * @param ofTheApp with their bodies
   */
  Commands(List<SubCommand<?>> ofTheApp) {
    all.addAll(ofTheApp);
    all.add(new CompletionCommand(this));
    all.add(new HelpCommand(this));
    all.add(new VersionCommand());
  }

  List<SubCommand<?>> all() {
    return List.copyOf(all);
  }

  /** The command of that name or alias; null when there is none. */
  @Nullable SubCommand<?> find(String name) {
    for (SubCommand<?> command : all) {
      if (command.name().equals(name) || command.aliases().contains(name)) return command;
    }
    return null;
  }

  /**
   * The command of that name or alias.
   *
   * @throws UserError with the nearest name when there is none
   */
  SubCommand<?> named(String name) throws UserError {
    SubCommand<?> command = find(name);
    if (command != null) return command;
    String elsewhere = OtherRunners.instead(OtherRunners.COMMANDS, name);
    if (elsewhere != null) throw new UserError(Problem.error(elsewhere));
    String near = Nearest.of(name, names());
    String meant = near == null ? "; 'jlocal help' lists them" : "; did you mean '" + near + "'?";
    throw new UserError(Problem.error("unknown command '" + Printable.of(name) + "'" + meant));
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    all.forEach(command -> names.add(command.name()));
    all.forEach(command -> names.addAll(command.aliases()));
    return names;
  }
}
