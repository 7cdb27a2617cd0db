package jlocal.cli;

import java.util.List;

/** Prints the version. */
record VersionCommand() implements SubCommand<String> {
  @Override
  public String name() {
    return "version";
  }

  @Override
  public List<String> aliases() {
    return List.of("local:version");
  }

  @Override
  public String summary() {
    return "print the version";
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public String read(Settings settings, List<String> words) {
    return Version.line();
  }

  @Override
  public Body<String> body() {
    return (line, context) -> {
      context.out().line(line);
      return ExitCode.DONE.status();
    };
  }
}
