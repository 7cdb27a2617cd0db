package jlocal.cli;

import java.util.List;

/** Opens the running app in the browser. */
record OpenCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "open";
  }

  @Override
  public List<String> aliases() {
    return List.of("apps:open");
  }

  @Override
  public String summary() {
    return "open the running app in the browser, or print its address";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups();
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }
}
