package jlocal.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.os.Helper;
import jlocal.os.Shell;

/**
 * A list of trusted certificate authorities: the system's, a keychain or a browser's.
 *
 * @param name as in {@code added to NAME}
 * @param adding commands that add a certificate
 * @param removing commands that remove it
 * @param writable whether this user may run them; otherwise root must
 */
public record TrustStore(
    String name, List<List<String>> adding, List<List<String>> removing, boolean writable) {

  /** Long enough to type a password, which the macOS keychain asks for. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Thrown when a command fails; the message has the command and its output. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(List<String> command, String why) {
      super(shown(command) + ": " + why);
    }
  }

  /** Runs commands in order until one fails. */
  public static void run(List<List<String>> commands) throws Failed {
    for (List<String> command : commands) runOne(command);
  }

  private static void runOne(List<String> command) throws Failed {
    try {
      var result = Helper.run(command, Map.of(), TIMEOUT);
      if (result.status() != 0) throw new Failed(command, result.output().strip());
    } catch (IOException e) {
      throw new Failed(command, String.valueOf(e.getMessage()));
    }
  }

  /** Returns the commands as a shell command line with {@code sudo}. */
  public static String asRoot(List<List<String>> commands) {
    return commands.stream()
        .map(command -> "sudo " + shown(command))
        .collect(Collectors.joining(" && "));
  }

  private static String shown(List<String> command) {
    return command.stream().map(TrustStore::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : Shell.quoted(word);
  }
}
