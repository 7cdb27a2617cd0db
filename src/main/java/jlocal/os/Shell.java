package jlocal.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shell that runs commands.
 *
 * @param path bash where there is one, as on Heroku; else /bin/sh
 */
public record Shell(Path path) {
  private static final List<Path> BASH =
      List.of(
          Path.of("/bin/bash"),
          Path.of("/usr/bin/bash"),
          Path.of("/usr/local/bin/bash"),
          Path.of("/opt/homebrew/bin/bash"));

  /** A command of plain words: nothing in it for the shell but variables, quotes and blanks. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./~-][A-Za-z0-9_./:@%+,~$\"' {}=-]*");

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /** What means something else, or nothing, after {@code exec}; POSIX.1-2017 2.14 and 1.6. */
  private static final Set<String> NOT_PROGRAMS =
      Set.of(
          ".",
          ":",
          "alias",
          "bg",
          "break",
          "builtin",
          "case",
          "cd",
          "command",
          "continue",
          "declare",
          "do",
          "done",
          "echo",
          "elif",
          "else",
          "esac",
          "eval",
          "exec",
          "exit",
          "export",
          "false",
          "fc",
          "fg",
          "fi",
          "for",
          "function",
          "getopts",
          "hash",
          "if",
          "jobs",
          "kill",
          "let",
          "local",
          "printf",
          "pwd",
          "read",
          "readonly",
          "return",
          "select",
          "set",
          "shift",
          "shopt",
          "source",
          "test",
          "then",
          "time",
          "times",
          "trap",
          "true",
          "type",
          "typeset",
          "ulimit",
          "umask",
          "unalias",
          "unset",
          "until",
          "wait",
          "while");

  /** bash where there is one, else /bin/sh. */
  public static Shell standard() {
    Path bash = BASH.stream().filter(Files::isExecutable).findFirst().orElse(null);
    return new Shell(bash == null ? Path.of("/bin/sh") : bash);
  }

  /** The shell to use: the one asked for, or the standard one. */
  public static Shell orStandard(@Nullable Path asked) {
    return asked == null ? standard() : new Shell(asked);
  }

  /**
   * The argument list that runs {@code command}. {@code exec} goes before it where that cannot
   * change what it means, so that no shell stands between us and the process; bash does so itself.
   */
  public List<String> argv(String command) {
    String line = !isBash() && execs(command) ? "exec " + command : command;
    return List.of(path.toString(), "-c", line);
  }

  /**
   * The argument list that runs a script of jlocal's own, in the language of sh, ahead of another
   * program. bash passes on variables whose names it cannot use; other shells drop them. {@code -p}
   * keeps it from reading BASH_ENV and from rewriting exported functions.
   */
  static List<String> transparent(String script) {
    Shell shell = standard();
    return shell.isBash()
        ? List.of(shell.path.toString(), "-p", "-c", script)
        : List.of("/bin/sh", "-c", script);
  }

  /** Whether {@code exec COMMAND} means the same as {@code COMMAND}. */
  static boolean execs(String command) {
    String first = command.split("[ \t]", 2)[0];
    return PLAIN.matcher(command).matches()
        && !ASSIGNMENT.matcher(first).matches()
        && !NOT_PROGRAMS.contains(first);
  }

  private boolean isBash() {
    return path.getFileName().toString().equals("bash");
  }

  /**
   * Whether it takes variables out of its children's environment when their names are not
   * identifiers ({@code spring.datasource.url}), as dash does.
   */
  public boolean hidesOddNames() {
    try {
      return path.toRealPath().getFileName().toString().equals("dash");
    } catch (java.io.IOException _) {
      return false;
    }
  }
}
