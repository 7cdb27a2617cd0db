package jlocal.os;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a child cannot be started; the message says why and never contains its environment.
 */
public final class SpawnFailure extends Exception {
  private static final long serialVersionUID = 1;
  private static final int EAGAIN = 11;
  private static final int ENOMEM = 12;

  /** ENOENT, E2BIG, ENOEXEC and EACCES: a retry would fail in the same way. */
  private static final Set<Integer> FINAL = Set.of(2, 7, 8, 13);

  private static final Pattern ERRNO = Pattern.compile("error[=:] ?(\\d+)");

  private final boolean temporary;

  SpawnFailure(String reason, @Nullable Throwable cause) {
    this(reason, true, cause);
  }

  /** Creates a failure for lack of a thread or memory. */
  SpawnFailure(OutOfMemoryError refused) {
    this(reason(refused), refused);
  }

  private SpawnFailure(String reason, boolean temporary, @Nullable Throwable cause) {
    super(reason, cause);
    this.temporary = temporary;
  }

  /** Whether a retry may succeed, because the system temporarily lacked something. */
  public boolean isTemporary() {
    return temporary;
  }

  /** Creates a failure to open a file; EMFILE and ENFILE. */
  static SpawnFailure tooManyFiles(IOException refused) {
    return new SpawnFailure(reason(24), refused);
  }

  /** Creates a failure to create a {@link Fifo}. */
  static SpawnFailure noPipe(IOException refused) {
    String why = String.valueOf(refused.getMessage());
    if (why.contains("Too many open files")) return tooManyFiles(refused);
    Matcher errno = ERRNO.matcher(why);
    boolean noProcess = errno.find() && Integer.parseInt(errno.group(1)) == EAGAIN;
    return new SpawnFailure(noProcess ? reason(EAGAIN) : "cannot create a pipe: " + why, refused);
  }

  /** Converts the JDK's error of a failed start; errno(3). */
  static SpawnFailure from(IOException refused) {
    for (Throwable t = refused; t != null; t = t.getCause()) {
      Matcher errno = ERRNO.matcher(String.valueOf(t.getMessage()));
      if (errno.find()) return from(Integer.parseInt(errno.group(1)), refused);
    }
    return new SpawnFailure("the system refused to start it", refused);
  }

  private static SpawnFailure from(int errno, IOException refused) {
    return new SpawnFailure(reason(errno), !FINAL.contains(errno), refused);
  }

  /** Returns why a thread or memory was not available. */
  public static String reason(OutOfMemoryError refused) {
    boolean thread = String.valueOf(refused.getMessage()).contains("native thread");
    return reason(thread ? EAGAIN : ENOMEM);
  }

  static String reason(int errno) {
    return switch (errno) {
      case 1, 13 -> "permission denied";
      case 2 -> "no such file: the shell, or the app's folder, is gone";
      case 7 ->
          "its command and environment are too long for the system (at most 131071 bytes for one)";
      case 11, 35 -> "no more processes allowed (see ulimit -u)";
      case 12 -> "the system is out of memory";
      case 23, 24 -> "too many open files (see ulimit -n)";
      default -> "the system refused to start it (errno " + errno + ")";
    };
  }
}
