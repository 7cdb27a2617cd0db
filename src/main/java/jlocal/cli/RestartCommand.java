package jlocal.cli;

import java.util.List;
import jlocal.control.Request;

/** Restarts instances of the running app. */
record RestartCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "restart";
  }

  @Override
  public List<String> aliases() {
    return List.of("ps:restart");
  }

  @Override
  public String summary() {
    return "restart processes of the running app; several of web one after the other";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE | TYPE.N]...");
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups(OrderOptions.NO_WAIT);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal restart", "all of them"),
        new Example("jlocal restart web", "all of web, so that no request fails"),
        new Example("jlocal restart worker.2", "one"));
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }

  static Request request(OrderOptions options) {
    return new Request.Restart(options.words(), options.await());
  }
}
