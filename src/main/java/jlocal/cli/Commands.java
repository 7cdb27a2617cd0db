package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** The registry of commands, in the order of the help: one line each. */
final class Commands {
  private final List<Subcommand<?>> all = new ArrayList<>();

  Commands() {
    all.add(new StartCommand());
    all.add(new RunCommand());
    all.add(new ReleaseCommand());
    all.add(new CheckCommand());
    all.add(new InitCommand());
    all.add(new ExportCommand());
    all.add(new RouteCommand());
    all.add(new ConfigCommand());
    all.add(new ConfigGetCommand());
    all.add(new ConfigSetCommand());
    all.add(new ConfigUnsetCommand());
    all.add(new ConfigEditCommand());
    all.add(new ReleasesCommand("releases", false));
    all.add(new ReleasesCommand("releases:info", true));
    all.add(new RollbackCommand());
    addAddOns();
    all.add(new PsCommand());
    all.add(new ScaleCommand());
    all.add(new RestartCommand());
    all.add(new StopCommand());
    all.add(new WaitCommand());
    all.add(new ReloadCommand());
    addLogs();
    all.add(new ConnectCommand());
    all.add(new OpenCommand());
    all.add(new DashboardCommand());
    all.add(new LsCommand());
    all.add(new McpCommand());
    all.add(new AgentsCommand());
    all.add(new DoctorCommand());
    all.add(new TrustCommand("trust"));
    all.add(new TrustCommand("untrust"));
    all.add(new CompletionCommand(this));
    all.add(new HelpCommand(this));
    all.add(new VersionCommand());
  }

  private void addLogs() {
    all.add(new LogsCommand());
    all.add(new RequestsCommand());
    all.add(new DrainsCommand("drains"));
    all.add(new DrainsCommand(DrainsCommand.ADD));
    all.add(new DrainsCommand(DrainsCommand.REMOVE));
  }

  private void addAddOns() {
    all.add(new AddOnsCommand("addons", false));
    all.add(new AddOnsCommand("addons:info", true));
    all.add(new AddOnsCreateCommand());
    all.add(new AddOnsDestroyCommand());
    all.add(new AddOnsOpenCommand());
    all.add(new AddOnsServicesCommand());
    all.add(new AddOnToolCommand(AddOnToolCommand.Tool.PSQL, "psql"));
    all.add(new AddOnsCommand("pg:info", true));
    all.add(new PgResetCommand());
    all.add(new AddOnToolCommand(AddOnToolCommand.Tool.DUMP));
    all.add(new AddOnToolCommand(AddOnToolCommand.Tool.RESTORE));
    all.add(new AddOnToolCommand(AddOnToolCommand.Tool.REDIS));
  }

  List<Subcommand<?>> all() {
    return List.copyOf(all);
  }

  /** Returns the command with a name or alias; null if there is none. */
  @Nullable Subcommand<?> find(String name) {
    for (Subcommand<?> command : all) {
      if (command.name().equals(name) || command.aliases().contains(name)) return command;
    }
    return null;
  }

  /** Whether the called command prints JSON itself. */
  boolean isOwnJson(Cli.Invocation invocation) {
    Subcommand<?> command = invocation.command() == null ? null : find(invocation.command());
    return command != null && command.isOwnJson(invocation.args());
  }

  /**
   * Returns the command with a name or alias.
   *
   * @throws UserError with the most similar name if there is none
   */
  Subcommand<?> named(String name) throws UserError {
    Subcommand<?> command = find(name);
    if (command != null) return command;
    String elsewhere = OtherRunners.instead(OtherRunners.COMMANDS, name);
    if (elsewhere != null) throw new UserError(Problem.error(elsewhere));
    var names = new ArrayList<String>();
    all.forEach(one -> names.add(one.name()));
    all.forEach(one -> names.addAll(one.aliases()));
    String meant = Nearest.hint(name, names);
    if (meant.isEmpty()) meant = "; 'jlocal help' lists them";
    throw new UserError(Problem.error("unknown command '" + Printable.of(name) + "'" + meant));
  }
}
