package jlocal.procfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Procfile.Command;
import jlocal.text.MergeConflicts;
import jlocal.text.Utf8;
import jlocal.text.Whitespace;
import org.jspecify.annotations.Nullable;

/**
 * Parses Procfiles by Foreman's line grammar, with Heroku's tolerance for blanks and comments.
 * Reports lines that Foreman silently drops.
 */
public final class ProcfileParser {
  private static final Pattern ENTRY = Pattern.compile("(?s)([A-Za-z0-9_-]++):(.*)");

  private final String file;
  private final List<String> lines;
  private final MergeConflicts conflict;
  private final SequencedMap<String, Command> commands = new LinkedHashMap<>();
  private final Map<String, Integer> definedOn = new HashMap<>();
  private final Map<String, List<Directive>> directives = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final DirectiveComments comments;
  private boolean continued;

  private ProcfileParser(String text, String file) {
    this.file = file;
    this.lines = text.lines().toList();
    this.conflict = new MergeConflicts(file);
    this.comments = new DirectiveComments(file, problems);
  }

  /**
   * Parses a file and reports all its problems.
   *
   * @param shownAs the file as the user named it
   */
  public static Reading<Procfile> parse(byte[] bytes, String shownAs) {
    Reading<String> text = Utf8.decode(bytes, shownAs);
    return text.hasErrors()
        ? new Reading<>(new Procfile(new LinkedHashMap<>()), text.problems())
        : parse(text.value(), shownAs);
  }

  /** Parses text decoded by {@link Utf8}. */
  static Reading<Procfile> parse(String text, String shownAs) {
    return new ProcfileParser(text, shownAs).read();
  }

  private Reading<Procfile> read() {
    Problem other = otherFormat();
    if (other != null) {
      problems.add(other);
    } else {
      for (int i = 0; i < lines.size(); i++) readLine(i + 1, lines.get(i));
      comments.end();
      if (commands.isEmpty() && problems.isEmpty())
        problems.add(ProcfileProblems.noProcesses(file));
    }
    return new Reading<>(new Procfile(commands, directives), problems);
  }

  /** Returns one error for a file of another format, instead of one per line. */
  private @Nullable Problem otherFormat() {
    if (OtherFormat.isEnvFile(file)) return ProcfileProblems.envFile(file);
    boolean first = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = Whitespace.trim(lines.get(i));
      if (isIgnored(line)) continue;
      OtherFormat format = first ? OtherFormat.beginningWith(line) : null;
      if (format != null) return ProcfileProblems.looksLike(file, i + 1, format);
      first = false;
      if (line.endsWith(":") && OtherFormat.isYamlKey(lines, i)) {
        return ProcfileProblems.looksLike(file, i + 1, OtherFormat.YAML);
      }
    }
    return null;
  }

  private static boolean isIgnored(String trimmed) {
    return trimmed.isEmpty() || trimmed.startsWith("#");
  }

  private void readLine(int number, String line) {
    String trimmed = Whitespace.trim(line);
    boolean continuing = continued;
    continued = !trimmed.startsWith("#") && trimmed.endsWith("\\");
    if (trimmed.startsWith("#")) comments.comment(number, trimmed);
    else if (trimmed.isEmpty()) comments.end();
    if (isIgnored(trimmed)) return;
    Matcher entry = ENTRY.matcher(trimmed);
    boolean indented = Whitespace.isBlank(line.charAt(0));
    if (entry.matches() && !(continuing && indented)) {
      add(number, entry.group(1), entry.group(2));
      return;
    }
    comments.end();
    if (MergeConflicts.isMarker(line)) {
      Problem problem = conflict.at(number, line);
      if (problem != null) problems.add(problem);
    } else if (continuing) {
      problems.add(ProcfileProblems.continuation(file, number));
    } else {
      problems.add(InvalidLine.explain(file, number, trimmed));
    }
  }

  private void add(int number, String name, String rest) {
    List<Directive> above = comments.take();
    String command = Whitespace.trim(rest);
    if (command.isEmpty()) {
      problems.add(ProcfileProblems.noCommand(file, number, name));
      return;
    }
    var type = new ProcessType(name);
    if (command.length() == rest.length() && !Whitespace.isBlank(rest.charAt(0))) {
      problems.add(ProcfileProblems.noBlankAfterColon(file, number, type));
    }
    if (name.equals("all")) problems.add(ProcfileProblems.calledAll(file, number));
    Integer before = definedOn.put(name, number);
    if (before != null) problems.add(ProcfileProblems.duplicate(file, number, type, before));
    commands.put(name, new Command(command));
    if (above.isEmpty()) directives.remove(name);
    else directives.put(name, above);
  }
}
