package jlocal.os;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signals sent to jlocal. */
public final class Signals {
  /**
   * The command that has blocked them and started this JVM, where the launcher had one that can:
   * then one thread receives them. Else the JVM makes a thread for each.
   */
  private static final @Nullable String BLOCKER = System.getProperty("jlocal.signals");

  private static final @Nullable SignalReceiver RECEIVER =
      BLOCKER == null ? null : new SignalReceiver();

  private Signals() {}

  /** Starts the thread that receives them; to be called before anything that may take long. */
  public static void prepare() {
    if (RECEIVER != null) RECEIVER.start();
  }

  /** Makes ready to receive them, which is kept off the way to the first child. */
  public static void begin() {
    if (RECEIVER != null) RECEIVER.begin();
  }

  /** No signal does anything from now on; to be called right before the end of the JVM. */
  public static void close() {
    if (RECEIVER != null) RECEIVER.close();
  }

  /** What a JVM with the options of this one must be started by. */
  static List<String> blocker() {
    return BLOCKER == null ? List.of() : List.of(BLOCKER.split(" "));
  }

  /**
   * Runs {@code action} each time {@code signal} arrives, on a thread that other signals may need:
   * it must return soon. Never SIG_IGN: an ignored signal would be inherited by every child. Of
   * those jlocal was started with as ignored only HUP stays so, which is what nohup(1) asks for; a
   * script's {@code jlocal start &} comes with INT ignored, and {@code kill -INT} must end it all
   * the same.
   */
  public static void on(Signal signal, Runnable action) {
    if (RECEIVER != null) {
      RECEIVER.on(signal, action);
      return;
    }
    boolean stillIgnored = handle(signal, action);
    if (!stillIgnored || signal == Signal.HUP || !Machine.hasNativeAccess()) return;
    Libc.handleByDefault(signal.number());
    handle(signal, action);
  }

  /** Whether the signal was ignored from the start: then the JVM leaves it so. */
  private static boolean handle(Signal signal, Runnable action) {
    var before = sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), _ -> action.run());
    return before.equals(sun.misc.SignalHandler.SIG_IGN);
  }

  /** Whether a process ignores the signal; false where that is unknown. proc(5) */
  public static boolean isIgnoredBy(long pid, Signal signal) {
    return (mask(pid + "/status", "SigIgn:") & bit(signal)) != 0;
  }

  /** Whether one of these waits for this process to take it. */
  static boolean isPending(Set<Signal> signals) {
    long mask = mask("self/status", "ShdPnd:");
    return signals.stream().anyMatch(signal -> (mask & bit(signal)) != 0);
  }

  private static long bit(Signal signal) {
    return 1L << (signal.number() - 1);
  }

  private static long mask(String file, String name) {
    String mask = ProcFs.field(file, name);
    return mask.isEmpty() ? 0 : Long.parseUnsignedLong(mask, 16);
  }
}
