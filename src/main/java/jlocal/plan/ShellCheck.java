package jlocal.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jlocal.os.CallerEnvironment;
import jlocal.os.Shell;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Warns of text that shells other than bash would change before commands see it. */
final class ShellCheck {
  /** Stands for all text beyond ASCII. */
  private static final String TEXT = "JLOCAL_TEXT";

  private static final List<String> LOCALE = List.of("LANG", "LC_ALL", "LC_CTYPE");

  private ShellCheck() {}

  /** Returns warnings; runs the shell only if the files contain text that it may alter. */
  static List<Problem> problems(Shell shell, AppFiles files) {
    var asked = new LinkedHashMap<String, String>();
    files.vars().oddNames().forEach(name -> asked.put(name, "1"));
    if (isBeyondAscii(files)) asked.put(TEXT, "é");
    var environment =
        new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(System.getenv()));
    for (String name : LOCALE) {
      String value = files.vars().value(name);
      if (value != null) environment.put(name, value);
    }
    var altered = shell.altered(asked, environment);
    var problems = new ArrayList<Problem>();
    problems.addAll(files.vars().hiddenBy(shell.path().toString(), altered));
    if (altered.contains(TEXT)) {
      problems.add(
          Problem.warning(shell.path() + " changes non-ASCII characters in this locale")
              .hint("set a UTF-8 locale, such as LC_ALL=C.UTF-8, or use --shell bash"));
    }
    return problems;
  }

  private static boolean isBeyondAscii(AppFiles files) {
    return files.vars().values().values().stream().anyMatch(ShellCheck::isBeyondAscii)
        || files.procfile().commands().values().stream()
            .anyMatch(command -> isBeyondAscii(command.line()));
  }

  private static boolean isBeyondAscii(String text) {
    return text.chars().anyMatch(c -> c > 0x7F);
  }
}
