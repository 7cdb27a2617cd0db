package jlocal.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.config.ShellFormat;
import org.jspecify.annotations.Nullable;

/** The files that {@code jlocal init} writes for a project. */
public final class InitFiles {
  private static final List<String> EXAMPLES =
      List.of(".env.example", ".env.sample", ".env.template", ".env.dist", "env.example");

  /** A line of an example without a value. */
  private static final Pattern EMPTY =
      Pattern.compile("(\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=)(?:\"\"|'')?\\s*(#.*)?");

  private static final Pattern IGNORES_ENV = Pattern.compile("(?m)^(\\*\\*/|/)?(\\*?\\.env\\*?)$");

  private InitFiles() {}

  /**
   * A file to write.
   *
   * @param text its content; for an existing file, the text to append
   * @param summary what the user is shown of it, without values
   */
  public record NewFile(String name, String text, boolean exists, List<String> summary) {
    /** A new file that is shown in full. */
    static NewFile whole(String name, String text) {
      return new NewFile(name, text, false, text.lines().toList());
    }
  }

  /**
   * Returns the missing files of a folder.
   *
   * @param detection what would run; null if unknown
   * @param ask asks for a variable that the example leaves empty
   */
  public static List<NewFile> of(
      Path root, @Nullable Detection detection, UnaryOperator<String> ask) {
    var folder = new ProjectFolder(root);
    var files = new ArrayList<NewFile>();
    if (detection != null && !folder.has("Procfile") && !folder.has("Procfile.dev")) {
      files.add(NewFile.whole("Procfile", detection.text()));
    }
    boolean hasEnv = folder.has(".env");
    for (String example : EXAMPLES) {
      String text = hasEnv ? null : folder.text(example);
      if (text == null) continue;
      files.add(env(example, text, ask));
      hasEnv = true;
    }
    String ignored = folder.text(".gitignore");
    if (hasEnv && ignored == null && folder.has(".git") && !folder.has(".gitignore")) {
      files.add(NewFile.whole(".gitignore", ".env\n"));
    } else if (hasEnv && ignored != null && !IGNORES_ENV.matcher(ignored).find()) {
      String text = (ignored.isEmpty() || ignored.endsWith("\n") ? "" : "\n") + ".env\n";
      files.add(new NewFile(".gitignore", text, true, List.of(".env")));
    }
    return files;
  }

  private static NewFile env(String example, String text, UnaryOperator<String> ask) {
    var lines = new StringBuilder();
    var summary = new ArrayList<String>();
    summary.add("the lines of " + example);
    for (String line : text.lines().toList()) {
      Matcher empty = EMPTY.matcher(line);
      if (!empty.matches()) {
        lines.append(line).append('\n');
        continue;
      }
      String value = ask.apply(empty.group(2));
      lines.append(value.isEmpty() ? line : empty.group(1) + ShellFormat.quote(value)).append('\n');
      summary.add(empty.group(2) + (value.isEmpty() ? " is left empty" : " as you gave it"));
    }
    return new NewFile(".env", lines.toString(), false, summary);
  }
}
