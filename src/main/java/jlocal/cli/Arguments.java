package jlocal.cli;

import java.util.List;

/**
 * What a command takes besides options.
 *
 * @param label as in its help: {@code COMMAND [ARG]...}
 * @param least how many there must be
 * @param most how many there may be
 * @param words what they may be; empty for anything
 * @param endOptions whether everything behind the first one belongs to it, dashes or not
 */
record Arguments(String label, int least, int most, List<String> words, boolean endOptions) {
  static final Arguments NONE = new Arguments("", 0, 0, List.of(), false);

  static Arguments any(String label) {
    return new Arguments(label, 0, Integer.MAX_VALUE, List.of(), false);
  }

  static Arguments one(String label) {
    return new Arguments(label, 1, 1, List.of(), false);
  }

  static Arguments oneOf(String label, List<String> words) {
    return new Arguments(label, 1, 1, words, false);
  }

  static Arguments atMostOne(String label) {
    return new Arguments(label, 0, 1, List.of(), false);
  }

  /** A command line of its own, passed on as it is. */
  static Arguments commandLine(String label) {
    return new Arguments(label, 1, Integer.MAX_VALUE, List.of(), true);
  }
}
