package jlocal.procfile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;

/**
 * Reads directive comments such as {@code # jlocal: after=db ready=/health}, which other runners
 * ignore. They apply to the next type; other comments may be in between.
 */
final class DirectiveComments {
  private static final Pattern COMMENT = Pattern.compile("#+\\s*([A-Za-z]+)\\s*(:?)\\s*(.*)");

  /** A commented-out entry; directives above it do not apply to the next type. */
  private static final Pattern DISABLED_ENTRY = Pattern.compile("#+\\s*[A-Za-z0-9_-]+:\\s.*");

  private static final Pattern FIRST_KEY = Pattern.compile("([A-Za-z]+)\\s*=.*");

  private final String file;
  private final List<Problem> problems;
  private final List<Directive> pending = new ArrayList<>();

  DirectiveComments(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads a trimmed line that begins with {@code #}. */
  void comment(int line, String comment) {
    Matcher parts = COMMENT.matcher(comment);
    if (!parts.matches()) return;
    String name = parts.group(1);
    String text = parts.group(3);
    Matcher first = FIRST_KEY.matcher(text);
    boolean isKey = first.matches() && Directive.Key.of(first.group(1)) != null;
    boolean named = name.equals("jlocal") && !parts.group(2).isEmpty();
    boolean almost = isKey && Nearest.of(name, List.of("jlocal")) != null;
    if (named && (first.matches() || Directive.Key.of(text.split("[\\s:]", 2)[0]) != null)) {
      read(line, text);
    } else if (almost && !named) {
      error(line, "'" + Printable.of(comment) + "' looks misspelt", "# jlocal: " + text);
    } else if (DISABLED_ENTRY.matcher(comment).matches() && !named) {
      dropPending(line);
    }
  }

  private void dropPending(int line) {
    if (pending.isEmpty()) return;
    String what =
        "the '# jlocal:' above this comment is not used: a comment of this form is a type";
    problems.add(
        Problem.warning(file, line, what + " that is commented out")
            .hint("put '# jlocal:' on the line right above its type"));
    pending.clear();
  }

  private void read(int line, String text) {
    Set<Directive.Key> given = EnumSet.noneOf(Directive.Key.class);
    pending.forEach(directive -> given.add(directive.key()));
    for (String word : words(line, text)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Directive.Key key = Directive.Key.of(name);
      if (equals < 0) {
        error(
            line,
            "'" + Printable.of(word) + "' is not KEY=VALUE",
            "# jlocal: after=db ready=/health");
      } else if (key == null) {
        problems.add(Problem.error(file, line, Directive.Key.unknown(Printable.of(name))));
      } else if (!given.add(key)) {
        problems.add(Problem.error(file, line, key.word() + " is given twice"));
      } else {
        pending.add(new Directive(key, word.substring(equals + 1), new Origin.Line(file, line)));
      }
    }
  }

  /** Splits text at blanks outside quotes, and removes the quotes. */
  private List<String> words(int line, String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    for (char c : (text + " ").toCharArray()) {
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 || !Character.isWhitespace(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (quote != 0)
      problems.add(Problem.error(file, line, "the quote " + quote + " is not closed"));
    return words;
  }

  private void error(int line, String what, String better) {
    problems.add(Problem.error(file, line, what).hint("write it as  " + Printable.of(better)));
  }

  /** Returns the directives above an entry, and clears them. */
  List<Directive> take() {
    var taken = List.copyOf(pending);
    pending.clear();
    return taken;
  }

  /** Reports directives without a type: the line is neither comment nor entry, or the file ends. */
  void end() {
    if (pending.isEmpty()) return;
    int line = pending.getFirst().origin() instanceof Origin.Line(_, var at) ? at : 0;
    problems.add(
        Problem.error(file, line, "this '# jlocal:' is not above a process type")
            .hint("put it on the line right above one"));
    pending.clear();
  }
}
