package jlocal.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.detect.PortFlags;
import jlocal.detect.ProjectFolder;
import jlocal.problem.Problem;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/**
 * A command that a dyno runs.
 *
 * @param file its file: the Procfile as the user named it, or package.json
 * @param line in that file
 * @param type the process type that runs it
 * @param text for the shell
 */
record DynoCommand(String file, int line, String type, String text) {
  private static final String SCRIPTS = "package.json";
  private static final Pattern SCRIPT =
      Pattern.compile("(?:npm|yarn|pnpm|bun)\\s+(?:run\\s+)?(?:--silent\\s+|-s\\s+)?([\\w:.-]+)");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s'\"=;|&<>()`$]+");
  private static final Pattern PARTS = Pattern.compile("&&|\\|\\||[;|&\\n]");

  /**
   * Returns the commands of a Procfile, and the scripts of package.json that they call.
   *
   * @param text of the Procfile
   */
  static List<DynoCommand> all(
      ProjectFolder folder, String procfile, @Nullable String text, Procfile types) {
    var all = new ArrayList<DynoCommand>();
    types
        .commands()
        .forEach((type, command) -> {
          int line = line(text, "\\s*" + Pattern.quote(type) + "\\s*:.*");
          all.add(new DynoCommand(procfile, line, type, command.line()));
          Matcher call = SCRIPT.matcher(command.line());
          String script = call.find() ? folder.text(SCRIPTS + "#scripts." + call.group(1)) : null;
          if (script == null) return;
          String key = ".*\"" + Pattern.quote(call.group(1)) + "\"\\s*:.*";
          all.add(new DynoCommand(SCRIPTS, line(folder.text(SCRIPTS), key), type, script));
        });
    return all;
  }

  /** Returns the last line that matches, from 1; 0 if none. */
  static int line(@Nullable String text, String regex) {
    List<String> lines = text == null ? List.of() : text.lines().toList();
    for (int i = lines.size(); i > 0; i--) if (lines.get(i - 1).matches(regex)) return i;
    return 0;
  }

  /** Returns the programs it calls, with their arguments and without runners. */
  List<String> programs() {
    var flags = new PortFlags();
    return Stream.of(PARTS.split(text)).map(part -> flags.withoutRunners(part.strip())).toList();
  }

  /** Returns words that may be file names. */
  List<String> words() {
    return List.of(BETWEEN_WORDS.split(text));
  }

  Problem warning(String what) {
    return Problem.warning(file, line, what);
  }
}
