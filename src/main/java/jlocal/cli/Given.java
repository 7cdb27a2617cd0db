package jlocal.cli;

import java.util.List;
import java.util.Map;

/**
 * A command line taken apart.
 *
 * @param texts of the options that were given; what was given several times is joined by commas
 *     where that means anything, else the last
 * @param words the arguments that are not options
 */
record Given(Map<Option<?>, String> texts, List<String> words) {
  Given {
    texts = Map.copyOf(texts);
    words = List.copyOf(words);
  }
}
