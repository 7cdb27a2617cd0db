package jlocal.cli;

import picocli.AutoComplete;

/** Completion for bash and, through its bashcompinit, zsh: picocli writes it. */
final class BashCompletion {
  private BashCompletion() {}

  static String script(Commands commands) {
    return AutoComplete.bash("jlocal", Specs.completion(commands));
  }
}
