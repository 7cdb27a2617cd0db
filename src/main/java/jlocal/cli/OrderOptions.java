package jlocal.cli;

import java.util.List;

/**
 * What an order to a running app consists of.
 *
 * @param words the types, instances or changes, as typed
 * @param await whether to wait until it has been carried out
 * @param json whether what is only read is printed as JSON
 */
record OrderOptions(AppOptions app, List<String> words, boolean await, boolean json) {
  static final Option<Boolean> NO_WAIT =
      Option.once("--no-wait", "return at once, not when all is up");
  static final Option<Boolean> JSON = Option.once("--json", "print JSON, for programs");

  /** Which running app is meant. */
  static final Group APP = new Group("Which app", List.of(AppOptions.PROCFILE, AppOptions.ROOT));

  OrderOptions {
    words = List.copyOf(words);
  }

  static OrderOptions from(Settings settings, List<String> words) {
    return new OrderOptions(
        AppOptions.from(settings), words, !settings.get(NO_WAIT), settings.get(JSON));
  }

  /** The options of an order, some of its own first. */
  static List<Group> groups(Option<?>... own) {
    return own.length == 0
        ? List.of(APP, OtherOptions.group())
        : List.of(new Group("Order", List.of(own)), APP, OtherOptions.group());
  }
}
