package jlocal.cli;

import java.util.List;

/** Runs the app in the foreground. */
record StartCommand(Body<StartOptions> body) implements SubCommand<StartOptions> {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<String> aliases() {
    return List.of("local", "local:start");
  }

  @Override
  public String summary() {
    return "run the app: one process of each type, or as many as asked for";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE | TYPE=N]...");
  }

  @Override
  public List<Group> groups() {
    return StartOptions.GROUPS;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal start", "one of each type but release"),
        new Example("jlocal start web worker=2", "only web and two workers"),
        new Example("jlocal start -m web=3", "one of each, and three of web behind the router"),
        new Example("jlocal start -x clock -p 3000", "all but clock, ports from 3000"),
        new Example("jlocal start --on-exit stop", "all end when one ends, as with Foreman"));
  }

  @Override
  public StartOptions read(Settings settings, List<String> words) {
    return StartOptions.from(settings, words);
  }
}
