package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jlocal.problem.Problem;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Detects text that the JDK cannot pass on unchanged: names and arguments that are not UTF-8, which
 * it decodes to U+FFFD, and in other encodings, characters that these lack.
 */
final class EncodingCheck {
  private static final String UTF_8 = "UTF-8";
  private static final char UNDECODED = '\uFFFD';

  private EncodingCheck() {}

  /**
   * Returns errors about the working directory and the command line, and a warning about the JVM.
   */
  static List<Problem> problems(Subcommand<?> command, ParseResult result, Context context) {
    var problems = new ArrayList<Problem>();
    Path here = context.directory().toAbsolutePath();
    if (isUndecoded(here.toString()) && !Files.isDirectory(here)) {
      problems.add(notUtf8("the name of this folder", here.toString()));
    }
    for (OptionSpec option : result.matchedOptions()) {
      option.originalStringValues().forEach(text -> addIfUndecoded(text, problems));
    }
    // The words of a command line are passed to the command unchanged.
    if (!command.stopsAtFirstArgument()) {
      for (PositionalParamSpec argument : result.matchedPositionals()) {
        argument.originalStringValues().forEach(word -> addIfUndecoded(word, problems));
      }
    }
    String encoding = Objects.requireNonNullElse(System.getProperty("sun.jnu.encoding"), UTF_8);
    if (!encoding.equals(UTF_8) && !command.isQuiet()) problems.add(otherEncoding(encoding));
    return problems;
  }

  static boolean isUndecoded(String text) {
    return text.indexOf(UNDECODED) >= 0;
  }

  private static void addIfUndecoded(String text, List<Problem> problems) {
    if (isUndecoded(text)) problems.add(notUtf8("an argument", text));
  }

  private static Problem notUtf8(String what, String text) {
    return Problem.error("%s is not UTF-8: %s".formatted(what, text))
        .hint("rename the file or folder; jlocal cannot use a name that is not UTF-8");
  }

  private static Problem otherEncoding(String encoding) {
    return Problem.warning(
            "this JVM uses %s for names and variables: other characters become '?'"
                .formatted(encoding))
        .hint("set LC_ALL=C.UTF-8, or start jlocal by its launcher");
  }
}
