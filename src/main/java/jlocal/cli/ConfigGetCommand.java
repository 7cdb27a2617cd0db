package jlocal.cli;

import java.util.List;

/** Prints the value of one config var. */
record ConfigGetCommand(Body<ConfigGetOptions> body) implements SubCommand<ConfigGetOptions> {
  static final Option<Boolean> SHELL =
      Option.once("-s, --shell", "print KEY=value for a shell or an env file");

  @Override
  public String name() {
    return "config:get";
  }

  @Override
  public String summary() {
    return "print the value of one config var";
  }

  @Override
  public Arguments arguments() {
    return Arguments.one("KEY");
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("Output", List.of(SHELL)),
        new Group("The app", AppOptions.OPTIONS),
        OtherOptions.group());
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal config:get DATABASE_URL", "the bare value"),
        new Example(
            "jlocal config:get KEY -s -e .env.staging >> .env",
            "take it over from another env file"));
  }

  @Override
  public ConfigGetOptions read(Settings settings, List<String> words) {
    return new ConfigGetOptions(
        AppOptions.from(settings),
        words.getFirst(),
        settings.get(SHELL),
        settings.get(OtherOptions.DEBUG));
  }
}
