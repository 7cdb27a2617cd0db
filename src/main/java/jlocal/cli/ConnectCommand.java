package jlocal.cli;

import java.util.List;

/** Sits down before the terminal of one instance of the running app. */
record ConnectCommand(Body<OrderOptions> body) implements SubCommand<OrderOptions> {
  @Override
  public String name() {
    return "connect";
  }

  @Override
  public List<String> aliases() {
    return List.of("ps:connect");
  }

  @Override
  public String summary() {
    return "sit down before the terminal of one process: a debugger's prompt, a REPL; Ctrl-] leaves";
  }

  @Override
  public Arguments arguments() {
    return Arguments.one("TYPE.N");
  }

  @Override
  public List<Group> groups() {
    return OrderOptions.groups();
  }

  @Override
  public List<Example> examples() {
    return List.of(new Example("jlocal connect web.1", "a breakpoint in web.1 is answered here"));
  }

  @Override
  public OrderOptions read(Settings settings, List<String> words) {
    return OrderOptions.from(settings, words);
  }
}
