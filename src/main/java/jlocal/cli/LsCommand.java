package jlocal.cli;

import java.util.List;

/** Shows every running app of this user. */
record LsCommand(Body<LsCommand.Options> body) implements SubCommand<LsCommand.Options> {
  /** All that can be said about it. */
  record Options(boolean json) {}

  @Override
  public String name() {
    return "ls";
  }

  @Override
  public List<String> aliases() {
    return List.of("apps");
  }

  @Override
  public String summary() {
    return "show all your apps that run on this machine";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public List<Group> groups() {
    return List.of(new Group("Output", List.of(OrderOptions.JSON)), OtherOptions.group());
  }

  @Override
  public Options read(Settings settings, List<String> words) {
    return new Options(settings.get(OrderOptions.JSON));
  }
}
