package jlocal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.text.MergeConflicts;
import jlocal.text.Whitespace;
import org.jspecify.annotations.Nullable;

/** Scans an env file once, line by line. Only a quoted value may span lines. */
final class EnvScanner {
  private static final String KEY =
      "<b>*+(?:export<b>++)?([A-Za-z0-9_.-]++)<b>*+(?:=|:(?=<b>))<b>*+";
  private static final Pattern ASSIGNMENT = Pattern.compile(KEY.replace("<b>", Whitespace.CLASS));

  /** What a shell would expand; {@code heroku config -s} never writes it unescaped. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\\\)\\$(?:\\{[A-Za-z_]|[A-Z_][A-Z0-9_]++(?![a-z]))");

  private final String text;
  private final EnvFile.Builder builder;
  private final MergeConflicts conflict;
  private final List<Place> places = new ArrayList<>();
  private int at;
  private int line = 1;

  /** Set after an unclosed quote, whose further lines are not worth a warning each. */
  private boolean afterUnclosedQuote;

  /**
   * The location of a value, with its quotes and ignored text after it.
   *
   * @param from after the {@code =} and its blanks
   * @param to before blanks, a comment and the end of the line
   */
  record Place(String name, int from, int to) {}

  /**
   * @param text with lines ended by LF or CR; if by both, line numbers and values are wrong, but
   *     places are right
   */
  EnvScanner(String text, EnvFile.Builder builder) {
    this.text = text;
    this.builder = builder;
    this.conflict = new MergeConflicts(builder.file());
  }

  void scan() {
    while (at < text.length()) scanLine(text.substring(at, endOfLine(at)));
  }

  /** Returns the places of the assignments found by {@link #scan}, in order. */
  List<Place> places() {
    return places;
  }

  private void scanLine(String lineText) {
    String trimmed = Whitespace.trim(lineText);
    Matcher key = ASSIGNMENT.matcher(lineText);
    if (trimmed.isEmpty() || trimmed.startsWith("#")) {
      continueAfter(endOfLine(at), 0);
    } else if (MergeConflicts.isMarker(lineText)) {
      var problem = conflict.at(line, lineText);
      if (problem != null) builder.report(problem);
      continueAfter(endOfLine(at), 0);
    } else if (key.lookingAt()) {
      assign(key.group(1), lineText, key.end());
    } else {
      if (!afterUnclosedQuote) builder.report(EnvProblems.notAnAssignment(builder.file(), line));
      continueAfter(endOfLine(at), 0);
    }
  }

  private void assign(String name, String lineText, int valueAt) {
    char first = valueAt < lineText.length() ? lineText.charAt(valueAt) : '\n';
    if (first == '"' || first == '\'') {
      assignQuoted(name, at + valueAt);
    } else {
      assignBare(name, lineText, valueAt);
    }
  }

  private void assignBare(String name, String lineText, int valueAt) {
    int hash = lineText.indexOf('#', valueAt);
    int end = hash < 0 ? lineText.length() : hash;
    boolean isCut = hash >= 0 && mayBelongToValue(lineText, valueAt, hash);
    if (isCut) {
      int column = lineText.codePointCount(0, hash) + 1;
      builder.report(EnvProblems.cutAtHash(builder.file(), line, name, column));
    }
    String value = Whitespace.trim(lineText.substring(valueAt, end));
    warnOfReference(name, value);
    builder.add(name, value, line);
    int from = at + valueAt;
    places.add(new Place(name, from, isCut ? endOfText(from) : from + value.length()));
    continueAfter(endOfLine(at), 0);
  }

  /**
   * True for {@code pass#word} and {@code #fff}, false for {@code word # comment} and {@code #
   * comment}.
   */
  private static boolean mayBelongToValue(String lineText, int valueAt, int hash) {
    if (hash > valueAt) return !Whitespace.isBlank(lineText.charAt(hash - 1));
    return hash + 1 < lineText.length() && !Whitespace.isBlank(lineText.charAt(hash + 1));
  }

  private void assignQuoted(String name, int open) {
    QuotedValue quoted = QuotedValue.at(text, open);
    if (quoted != null && (quoted.lineBreaks() == 0 || isRestIgnorable(quoted.end()))) {
      if (!isRestIgnorable(quoted.end())) warnOfTextAfter(quoted, name);
      accept(name, open, quoted);
      return;
    }
    QuotedValue path = endingInBackslash(open);
    if (path != null) {
      builder.report(EnvProblems.backslashAtEnd(builder.file(), line, name));
      accept(name, open, path);
    } else {
      builder.report(
          quoted == null
              ? EnvProblems.neverClosed(builder.file(), line, name, text.charAt(open))
              : EnvProblems.closedTooLate(builder.file(), line, name, quoted));
      afterUnclosedQuote = true;
      continueAfter(endOfLine(open), 0);
    }
  }

  private void warnOfReference(String name, String written) {
    boolean path = name.equals("PATH"); // It has its own warning.
    if (!path && REFERENCE.matcher(written).find()) {
      builder.report(EnvProblems.notExpanded(builder.file(), line, name));
    }
  }

  private void accept(String name, int open, QuotedValue quoted) {
    if (quoted.quote() == '"') warnOfReference(name, text.substring(open, quoted.end()));
    builder.add(name, quoted.value(), line);
    int end = isRestIgnorable(quoted.end()) ? quoted.end() : endOfText(quoted.end());
    places.add(new Place(name, open, end));
    continueAfter(endOfLine(quoted.end()), quoted.lineBreaks());
  }

  private void warnOfTextAfter(QuotedValue quoted, String name) {
    String rest = text.substring(quoted.end(), endOfLine(quoted.end()));
    var problem = EnvProblems.textAfterQuote(builder.file(), line, name);
    boolean again = rest.indexOf(quoted.quote()) >= 0;
    builder.report(again ? problem.hint(EnvProblems.quoteInQuotes(quoted.quote())) : problem);
  }

  /**
   * Returns a double-quoted value if only the quote of its last {@code \"} can close it on its
   * line, as in a Windows path; reading on would swallow the next lines.
   */
  private @Nullable QuotedValue endingInBackslash(int open) {
    if (text.charAt(open) != '"') return null;
    int close = text.substring(open, endOfLine(open)).lastIndexOf("\\\"") + 1;
    return close > 0 && isRestIgnorable(open + close + 1)
        ? QuotedValue.closedBy(text, open, open + close)
        : null;
  }

  /** Whether the rest of the line is blank or a comment. */
  private boolean isRestIgnorable(int from) {
    int i = from;
    while (i < text.length() && Whitespace.isBlank(text.charAt(i))) i++;
    return i >= text.length() || isEndOfLine(text.charAt(i)) || text.charAt(i) == '#';
  }

  /** Returns the end of the line without trailing blanks. */
  private int endOfText(int from) {
    int end = endOfLine(from);
    while (end > from && Whitespace.isBlank(text.charAt(end - 1))) end--;
    return end;
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < text.length() && !isEndOfLine(text.charAt(end))) end++;
    return end;
  }

  private static boolean isEndOfLine(char c) {
    return c == '\n' || c == '\r';
  }

  private void continueAfter(int endOfLine, int lineBreaks) {
    at = endOfLine + 1;
    line += lineBreaks + 1;
  }
}
