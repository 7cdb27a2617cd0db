package jlocal.e2e;

import java.util.List;
import java.util.regex.Pattern;

/** jlocal's log as text. */
final class Log {
  private Log() {}

  /** The lines of one source, without prefix. */
  static List<String> lines(String log, String source) {
    var prefix = Pattern.compile(Pattern.quote(source) + " *\\| ?");
    return log.lines()
        .filter(line -> prefix.matcher(line).lookingAt())
        .map(line -> prefix.matcher(line).replaceFirst(""))
        .toList();
  }
}
