package jlocal.cli;

import java.util.List;
import jlocal.control.Request;

/** Applies changed files to the running app. */
record ReloadCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "reload";
  }

  @Override
  public String summary() {
    return "read Procfile and .env again, and apply what changed to the running app";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups(OrderOptions.NO_WAIT);
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }

  static Request request(OrderOptions options) {
    return new Request.Reload(options.await());
  }
}
