package jlocal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.text.MergeConflicts;
import jlocal.text.Whitespace;
import org.jspecify.annotations.Nullable;

/** Walks once through the lines of an env file; only a quoted value takes more than one of them. */
final class EnvScanner {
  private static final String KEY =
      "<b>*+(?:export<b>++)?([A-Za-z0-9_.-]++)<b>*+(?:=|:(?=<b>))<b>*+";
  private static final Pattern ASSIGNMENT = Pattern.compile(KEY.replace("<b>", Whitespace.CLASS));

  /** What a shell would replace; {@code heroku config -s} never writes it so. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\\\)\\$(?:\\{[A-Za-z_]|[A-Z_][A-Z0-9_]++(?![a-z]))");

  private final String text;
  private final EnvFile.Builder found;
  private final MergeConflicts conflict;
  private final List<Place> places = new ArrayList<>();
  private int at;
  private int line = 1;

  /** After a quote that was not closed, lines of its value are not worth a warning each. */
  private boolean insideLostQuote;

  /**
   * Where the value of an assignment is written, its quotes included, and what belongs to nothing
   * else behind it.
   *
   * @param from the place behind the {@code =} and its blanks
   * @param to before blanks, a comment and the end of the line
   */
  record Place(String name, int from, int to) {}

  /**
   * @param text its lines end in LF or CR; in both, lines and values are counted wrongly, but
   *     places are right
   */
  EnvScanner(String text, EnvFile.Builder found) {
    this.text = text;
    this.found = found;
    this.conflict = new MergeConflicts(found.file());
  }

  void scan() {
    while (at < text.length()) scanLine(text.substring(at, endOfLine(at)));
  }

  /** The places of all assignments that {@link #scan} has found, in their order. */
  List<Place> places() {
    return places;
  }

  private void scanLine(String whole) {
    String trimmed = Whitespace.trim(whole);
    Matcher key = ASSIGNMENT.matcher(whole);
    if (trimmed.isEmpty() || trimmed.startsWith("#")) {
      goOnAfter(endOfLine(at), 0);
    } else if (MergeConflicts.isMarker(whole)) {
      var problem = conflict.at(line, whole);
      if (problem != null) found.report(problem);
      goOnAfter(endOfLine(at), 0);
    } else if (key.lookingAt()) {
      assign(key.group(1), whole, key.end());
    } else {
      if (!insideLostQuote) found.report(EnvProblems.notAnAssignment(found.file(), line));
      goOnAfter(endOfLine(at), 0);
    }
  }

  private void assign(String name, String whole, int valueAt) {
    char first = valueAt < whole.length() ? whole.charAt(valueAt) : '\n';
    if (first == '"' || first == '\'') {
      assignQuoted(name, at + valueAt);
    } else {
      assignBare(name, whole, valueAt);
    }
  }

  private void assignBare(String name, String whole, int valueAt) {
    int hash = whole.indexOf('#', valueAt);
    int end = hash < 0 ? whole.length() : hash;
    boolean isCut = hash >= 0 && mayBelongToValue(whole, valueAt, hash);
    if (isCut) {
      int column = whole.codePointCount(0, hash) + 1;
      found.report(EnvProblems.cutAtHash(found.file(), line, name, column));
    }
    String value = Whitespace.trim(whole.substring(valueAt, end));
    tellReference(name, value);
    found.add(name, value, line);
    int from = at + valueAt;
    places.add(new Place(name, from, isCut ? endOfText(from) : from + value.length()));
    goOnAfter(endOfLine(at), 0);
  }

  /** {@code pass#word} and {@code #fff}, but not {@code word # comment} nor {@code # comment}. */
  private static boolean mayBelongToValue(String whole, int valueAt, int hash) {
    if (hash > valueAt) return !Whitespace.isBlank(whole.charAt(hash - 1));
    return hash + 1 < whole.length() && !Whitespace.isBlank(whole.charAt(hash + 1));
  }

  private void assignQuoted(String name, int open) {
    Quoted quoted = Quoted.at(text, open);
    if (quoted != null && (quoted.lineBreaks() == 0 || restIsSilent(quoted.end()))) {
      if (!restIsSilent(quoted.end())) tellTextAfter(quoted, name);
      accept(name, open, quoted);
      return;
    }
    Quoted path = endingInBackslash(open);
    if (path != null) {
      found.report(EnvProblems.backslashAtEnd(found.file(), line, name));
      accept(name, open, path);
    } else {
      found.report(
          quoted == null
              ? EnvProblems.neverClosed(found.file(), line, name, text.charAt(open))
              : EnvProblems.closedTooLate(found.file(), line, name, quoted));
      insideLostQuote = true;
      goOnAfter(endOfLine(open), 0);
    }
  }

  private void tellReference(String name, String written) {
    boolean path = name.equals("PATH"); // It has a warning of its own.
    if (!path && REFERENCE.matcher(written).find()) {
      found.report(EnvProblems.notExpanded(found.file(), line, name));
    }
  }

  private void accept(String name, int open, Quoted quoted) {
    if (quoted.quote() == '"') tellReference(name, text.substring(open, quoted.end()));
    found.add(name, quoted.value(), line);
    int end = restIsSilent(quoted.end()) ? quoted.end() : endOfText(quoted.end());
    places.add(new Place(name, open, end));
    goOnAfter(endOfLine(quoted.end()), quoted.lineBreaks());
  }

  private void tellTextAfter(Quoted quoted, String name) {
    String rest = text.substring(quoted.end(), endOfLine(quoted.end()));
    var problem = EnvProblems.textAfterQuote(found.file(), line, name);
    boolean again = rest.indexOf(quoted.quote()) >= 0;
    found.report(again ? problem.hint(EnvProblems.quoteInQuotes(quoted.quote())) : problem);
  }

  /**
   * A double-quoted value that is closed on its own line only if the quote of its last {@code \"}
   * closes it: a Windows path. Reading on would swallow the next lines.
   */
  private @Nullable Quoted endingInBackslash(int open) {
    if (text.charAt(open) != '"') return null;
    int close = text.substring(open, endOfLine(open)).lastIndexOf("\\\"") + 1;
    return close > 0 && restIsSilent(open + close + 1)
        ? Quoted.closedBy(text, open, open + close)
        : null;
  }

  /** Whether the line holds nothing more than blanks and a comment. */
  private boolean restIsSilent(int from) {
    int i = from;
    while (i < text.length() && Whitespace.isBlank(text.charAt(i))) i++;
    return i >= text.length() || isEndOfLine(text.charAt(i)) || text.charAt(i) == '#';
  }

  /** The end of the line without its blanks. */
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

  private void goOnAfter(int endOfLine, int lineBreaks) {
    at = endOfLine + 1;
    line += lineBreaks + 1;
  }
}
