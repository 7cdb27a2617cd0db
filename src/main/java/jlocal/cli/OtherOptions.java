package jlocal.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options every command has. */
final class OtherOptions {
  static final Option<Boolean> EXPLAIN =
      Option.once("--explain", "print each setting and where it came from, and start nothing");
  static final Option<Boolean> DEBUG = Option.off("--debug", "show a stack trace with an error");
  static final Option<Boolean> HELP = Option.once("-h, --help", "print this help");

  private OtherOptions() {}

  /** These options, behind some of the command's own. */
  static Group group(Option<?>... own) {
    var options = new ArrayList<Option<?>>(Arrays.asList(own));
    options.addAll(List.of(DEBUG, HELP));
    return new Group("Other", options);
  }
}
