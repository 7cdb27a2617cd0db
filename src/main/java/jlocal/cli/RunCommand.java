package jlocal.cli;

import java.util.List;

/** Runs one command with the app's environment. */
record RunCommand(Body<RunOptions> body) implements SubCommand<RunOptions> {
  @Override
  public String name() {
    return "run";
  }

  @Override
  public List<String> aliases() {
    return List.of("local:run");
  }

  @Override
  public String summary() {
    return "run one command, or a process type once, with the app's environment";
  }

  @Override
  public Arguments arguments() {
    return Arguments.commandLine("COMMAND [ARG]...");
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("The app", AppOptions.FILES),
        Group.of("The command", List.of(List.of(RunOptions.PORT), ShellOptions.OPTIONS)),
        OtherOptions.group());
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal run python manage.py shell", "its own options need no --"),
        new Example(
            "jlocal run 'echo $DATABASE_URL | wc -c'", "one word with blanks is for the shell"),
        new Example(
            "jlocal run worker --once", "the command of a process type, with more behind it"));
  }

  @Override
  public boolean quiet() {
    return true;
  }

  @Override
  public RunOptions read(Settings settings, List<String> words) {
    return new RunOptions(
        AppOptions.from(settings),
        ShellOptions.from(settings),
        settings.isGiven(RunOptions.PORT) ? settings.get(RunOptions.PORT) : null,
        words,
        settings.get(OtherOptions.DEBUG));
  }
}
