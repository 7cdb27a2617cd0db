package jlocal.config;

import java.util.List;
import jlocal.problem.Reading;
import jlocal.text.Utf8;

/**
 * Env file text to variables, by the grammar that {@code heroku local} and Foreman share; what
 * {@code heroku config -s} wrote comes back byte for byte. Nothing is interpolated or executed.
 */
public final class EnvParser {
  private EnvParser() {}

  /**
   * What the file assigns, and all that is wrong with it.
   *
   * @param shownAs the file as the user named it
   */
  public static Reading<EnvFile> parse(byte[] bytes, String shownAs) {
    Reading<String> text = Utf8.decode(bytes, shownAs);
    return text.hasErrors()
        ? new Reading<>(new EnvFile(shownAs, List.of()), text.problems())
        : parse(text.value(), shownAs);
  }

  /** The same for a text that was decoded by {@link Utf8}. */
  static Reading<EnvFile> parse(String text, String shownAs) {
    var found = new Assignments(shownAs);
    if (JsonEnv.isMeant(text)) {
      JsonEnv.read(text, found);
    } else {
      new EnvScanner(text, found).scan();
    }
    return found.reading();
  }
}
