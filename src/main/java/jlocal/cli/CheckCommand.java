package jlocal.cli;

import java.util.List;

/** Reads all that {@code start} would read, and starts nothing. */
record CheckCommand(Body<CheckOptions> body) implements SubCommand<CheckOptions> {
  static final Option<Boolean> JSON =
      Option.once("--json", "print the Procfile as JSON: [[name, command], ...]");

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "print every problem of the Procfile, .env and ports, and what would start";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE | TYPE=N]...");
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("Output", List.of(JSON)),
        StartOptions.WHAT_RUNS,
        StartOptions.PORTS,
        OtherOptions.group());
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal check", "what is wrong here, and what would start"),
        new Example("jlocal check -f Procfile.dev --json", "for programs"));
  }

  @Override
  public CheckOptions read(Settings settings, List<String> words) {
    return new CheckOptions(
        AppOptions.from(settings),
        ScaleOptions.from(settings, words),
        ShellOptions.from(settings),
        PortOptions.from(settings),
        RouterOptions.from(settings),
        settings.get(JSON),
        settings.get(OtherOptions.DEBUG));
  }
}
