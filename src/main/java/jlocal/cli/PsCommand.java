package jlocal.cli;

import java.util.List;

/** Shows the instances of the running app. */
record PsCommand(Body<PsOptions> body) implements SubCommand<PsOptions> {
  static final Option<Boolean> WATCH =
      Option.once("-w, --watch", "show it again every second, in the same place, until Ctrl-C");

  @Override
  public String name() {
    return "ps";
  }

  @Override
  public String summary() {
    return "show the processes of the running app: state, pid, port, uptime, CPU, memory";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("Output", List.of(OrderOptions.JSON, WATCH)),
        OrderOptions.APP,
        OtherOptions.group());
  }

  @Override
  public PsOptions read(Settings settings, List<String> words) {
    return new PsOptions(
        AppOptions.from(settings), settings.get(OrderOptions.JSON), settings.get(WATCH));
  }
}
