package jlocal.cli;

import java.util.List;
import jlocal.problem.Problem;

/** Prints the config vars the app would get. */
record ConfigCommand(Body<ConfigOptions> body) implements SubCommand<ConfigOptions> {
  static final Option<Boolean> JSON = Option.once("--json", "print them as one JSON object");
  static final Option<Boolean> SHELL =
      Option.once("-s, --shell", "print them as KEY=value lines for a shell or an env file");
  static final Option<Boolean> SHOW = Option.once("--show", "print the values, not a mask");

  @Override
  public String name() {
    return "config";
  }

  @Override
  public String summary() {
    return "print the config vars the app would get, and where each came from";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("Output", List.of(JSON, SHELL, SHOW)),
        new Group("The app", AppOptions.OPTIONS),
        OtherOptions.group());
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal config", "names, files and lines; values are masked"),
        new Example("jlocal config -s > all.env", "all of them as an env file"));
  }

  @Override
  public ConfigOptions read(Settings settings, List<String> words) {
    return new ConfigOptions(
        AppOptions.from(settings),
        form(settings),
        settings.get(SHOW),
        settings.get(OtherOptions.DEBUG));
  }

  private static ConfigOptions.Form form(Settings settings) {
    boolean json = settings.get(JSON);
    boolean shell = settings.get(SHELL);
    if (json && shell) settings.add(Problem.error("--json and --shell exclude each other"));
    if (json) return ConfigOptions.Form.JSON;
    return shell ? ConfigOptions.Form.SHELL : ConfigOptions.Form.TABLE;
  }
}
