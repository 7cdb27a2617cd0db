package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shell that runs commands.
 *
 * @param path bash if installed, as on Heroku; else /bin/sh
 */
public record Shell(Path path) {
  private static final List<Path> BASH =
      List.of(
          Path.of("/bin/bash"),
          Path.of("/usr/bin/bash"),
          Path.of("/usr/local/bin/bash"),
          Path.of("/opt/homebrew/bin/bash"));

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

  /** Commands whose only special characters are variables, quotes and blanks. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./~-][A-Za-z0-9_./:@%+,~$\"' {}=-]*");

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /** Words that mean something else, or nothing, after {@code exec}; POSIX.1-2017 2.14 and 1.6. */
  private static final Set<String> NOT_PROGRAMS =
      Set.of(
          """
          . : alias bg break builtin case cd command continue declare do done echo elif
          else esac eval exec exit export false fc fg fi for function getopts hash if
          jobs kill let local printf pwd read readonly return select set shift shopt
          source test then time times trap true type typeset ulimit umask unalias unset
          until wait while
          """
              .split("\\s+"));

  /** Returns bash if installed, else /bin/sh. */
  public static Shell standard() {
    Path bash = BASH.stream().filter(Files::isExecutable).findFirst().orElse(null);
    return new Shell(bash == null ? Path.of("/bin/sh") : bash);
  }

  /** Returns the given shell, or the standard one for null. */
  public static Shell orStandard(@Nullable Path asked) {
    return asked == null ? standard() : new Shell(asked);
  }

  /** Returns a word of a command that is exactly this text. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * Returns the argument list that runs {@code command}. Where it does not change the meaning,
   * {@code exec} precedes it, so that the shell is replaced by the process; bash does so itself.
   */
  public List<String> argv(String command) {
    String line = !isBash() && execs(command) ? "exec " + command : command;
    return List.of(path.toString(), "-c", line);
  }

  /**
   * Returns the argument list that runs {@code command} with more arguments.
   *
   * @param words the first stands for the command itself, the others are the arguments
   */
  public List<String> argv(String command, List<String> words) {
    boolean fish = name().equals("fish"); // fish has neither "$@" nor $0.
    var argv =
        new ArrayList<>(List.of(path.toString(), "-c", command + (fish ? " $argv" : " \"$@\"")));
    argv.addAll(fish ? words.subList(1, words.size()) : words);
    return argv;
  }

  /**
   * Returns the argument list that runs a script of jlocal's own, in sh, before another program.
   * bash passes on variables whose names it cannot use; other shells drop them. {@code -p} keeps it
   * from reading BASH_ENV and from rewriting exported functions.
   */
  static List<String> transparent(String script) {
    Shell shell = standard();
    return shell.isBash()
        ? List.of(shell.path.toString(), "-p", "-c", script)
        : List.of("/bin/sh", "-c", script);
  }

  /** Returns the argument list that runs another one with the pid of its process in a variable. */
  public static List<String> withPid(String variable, List<String> argv) {
    var all = new ArrayList<>(transparent("export " + variable + "=$$; exec \"$@\""));
    all.add("sh");
    all.addAll(argv);
    return all;
  }

  /** Whether {@code exec COMMAND} means the same as {@code COMMAND}. */
  static boolean execs(String command) {
    String first = command.split("[ \t]", 2)[0];
    return PLAIN.matcher(command).matches()
        && !ASSIGNMENT.matcher(first).matches()
        && !NOT_PROGRAMS.contains(first);
  }

  private boolean isBash() {
    return name().equals("bash");
  }

  private String name() {
    return path.getFileName().toString();
  }

  /**
   * Returns the variables that this shell does not pass on unchanged: dash and similar shells drop
   * those whose names are not identifiers, fish changes characters in a locale that is not UTF-8.
   * Runs the shell to find out; bash passes on all.
   *
   * @param variables with short values of one line
   * @param environment overlays this process's environment; null removes a variable
   */
  public Set<String> altered(
      Map<String, String> variables, Map<String, @Nullable String> environment) {
    if (isBash() || variables.isEmpty()) return Set.of();
    var all = new HashMap<String, @Nullable String>(environment);
    all.putAll(variables);
    var altered = new LinkedHashSet<>(variables.keySet());
    try {
      var env = Helper.run(List.of(path.toString(), "-c", "env"), all, ANSWER_TIMEOUT);
      Set<String> arrived = env.output().lines().collect(Collectors.toSet());
      altered.removeIf(name -> arrived.contains(name + "=" + variables.get(name)));
      return altered;
    } catch (IOException _) {
      return Set.of(); // The shell does not run; each start will report that.
    }
  }
}
