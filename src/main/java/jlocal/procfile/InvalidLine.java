package jlocal.procfile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.text.Whitespace;

/** Explains a line that is not a Procfile entry by what the user most likely meant. */
final class InvalidLine {
  private static final Pattern BLANK_BEFORE_COLON =
      Pattern.compile("(?s)([A-Za-z0-9_-]++)" + Whitespace.CLASS + "++:(.*)");

  private static final String WORD = "[\\p{L}\\p{N}_.][\\p{L}\\p{N}_.-]*+";

  /** One to three words before a colon, meant as a process name. */
  private static final Pattern WRONG_NAME =
      Pattern.compile(
          "(?s)(WORD(?: WORD){0,2}):(?:BLANK.*)?"
              .replace("WORD", WORD)
              .replace("BLANK", Whitespace.CLASS));

  /**
   * The same without a blank after the colon, but for one word only: {@code rake db:x} is a
   * command.
   */
  private static final Pattern WRONG_WORD = Pattern.compile("(?s)([\\p{L}\\p{N}_.-]++):.*");

  /** Any word before a colon and a blank: {@code web/1: …}, {@code "web": …}. */
  private static final Pattern ODD_WORD = Pattern.compile("(?s)([^\\s:=]++):(?:\\s.*)?");

  private static final List<Pattern> NAMES = List.of(WRONG_NAME, WRONG_WORD, ODD_WORD);

  private static final Pattern FIRST_WORD =
      Pattern.compile("(?s)(web|worker|release|clock)\\s+(.+)");

  private InvalidLine() {}

  /**
   * @param trimmed a line that is not blank, a comment, an entry or a conflict marker
   */
  static Problem explain(String file, int line, String trimmed) {
    if (trimmed.startsWith("{%") || trimmed.startsWith("{{")) {
      return ProcfileProblems.template(file, line, trimmed);
    }
    if (OtherFormat.ENV.has(trimmed))
      return ProcfileProblems.looksLike(file, line, OtherFormat.ENV);
    Matcher spaced = BLANK_BEFORE_COLON.matcher(trimmed);
    if (spaced.matches()) return spaced(file, line, spaced);
    for (Pattern name : NAMES) {
      Matcher wrong = name.matcher(trimmed);
      if (wrong.matches()) return ProcfileProblems.notAType(file, line, wrong.group(1));
    }
    return unnamed(file, line, trimmed);
  }

  private static Problem spaced(String file, int line, Matcher match) {
    String name = match.group(1);
    String command = Whitespace.trim(match.group(2));
    return command.isEmpty()
        ? ProcfileProblems.noCommand(file, line, name)
        : ProcfileProblems.blankBeforeColon(file, line, match.group(), name + ": " + command);
  }

  private static Problem unnamed(String file, int line, String trimmed) {
    String command = trimmed.startsWith(":") ? Whitespace.trim(trimmed.substring(1)) : trimmed;
    Matcher named = FIRST_WORD.matcher(command);
    if (!named.matches()) return ProcfileProblems.noType(file, line, command);
    String better = named.group(1) + ": " + named.group(2);
    return ProcfileProblems.noColon(file, line, trimmed, better);
  }
}
