package jlocal.cli;

import java.util.List;
import jlocal.control.Request;

/** Stops instances of the running app, or all of it. */
record StopCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public List<String> aliases() {
    return List.of("ps:stop");
  }

  @Override
  public String summary() {
    return "stop processes of the running app; without arguments the whole app";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE | TYPE.N]...");
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal stop", "ends the app, and returns when nothing of it is left"),
        new Example("jlocal stop worker", "until 'jlocal start worker'; given again it kills"));
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }

  static Request request(OrderOptions options) {
    return new Request.Stop(options.words());
  }
}
