package jlocal.cli;

import java.util.List;

/** Prints the list of commands, or the help of one. */
record HelpCommand(Commands commands) implements SubCommand<List<String>> {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String summary() {
    return "print this list, or the help of one command";
  }

  @Override
  public Arguments arguments() {
    return Arguments.atMostOne("[COMMAND]");
  }

  @Override
  public List<String> read(Settings settings, List<String> words) {
    return words;
  }

  @Override
  public Body<List<String>> body() {
    return (words, context) -> {
      if (words.isEmpty()) Help.ofAll(commands, context);
      else Help.of(commands.named(words.getFirst()), context);
      return ExitCode.DONE.status();
    };
  }
}
