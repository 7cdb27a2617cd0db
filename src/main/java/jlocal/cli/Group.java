package jlocal.cli;

import java.util.List;

/** Options that stand together in a help text. */
record Group(String title, List<Option<?>> options) {
  Group {
    options = List.copyOf(options);
  }

  /** The options of several records under one title. */
  static Group of(String title, List<List<Option<?>>> parts) {
    return new Group(title, parts.stream().<Option<?>>flatMap(List::stream).toList());
  }
}
