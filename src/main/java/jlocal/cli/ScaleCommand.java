package jlocal.cli;

import java.util.List;
import jlocal.control.Request;

/** Changes the formation of the running app. */
record ScaleCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "scale";
  }

  @Override
  public List<String> aliases() {
    return List.of("ps:scale");
  }

  @Override
  public String summary() {
    return "change how many of each type run; without arguments print how many do";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE=N | TYPE+N | TYPE-N]...");
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups(OrderOptions.NO_WAIT, OrderOptions.JSON);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal scale web=3", "three of web, and wait until they are up"),
        new Example("jlocal scale web+1 worker=0", "one more of web, and no worker"),
        new Example("jlocal scale", "how many there are"));
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }

  static Request request(OrderOptions options) {
    return new Request.Scale(options.words(), options.await());
  }
}
