package jlocal.os;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handles signals sent to jlocal. */
public final class Signals {
  /**
   * The command that has blocked the signals and started this JVM, if the launcher had one: then
   * one thread receives them. Otherwise the JVM starts a thread for each.
   */
  private static final @Nullable String BLOCKER = System.getProperty("jlocal.signals");

  private static final @Nullable SignalReceiver RECEIVER =
      BLOCKER == null ? null : new SignalReceiver();

  private Signals() {}

  /** Starts the thread that receives them; to be called before any slow operation. */
  public static void prepare() {
    if (RECEIVER != null) RECEIVER.start();
  }

  /** Prepares to receive them; not called before the first child, for start-up time. */
  public static void begin() {
    if (RECEIVER != null) RECEIVER.begin();
  }

  /** Ignores all signals from now on; to be called right before the exit of the JVM. */
  public static void close() {
    if (RECEIVER != null) RECEIVER.close();
  }

  /** Returns the command that must start a JVM with the options of this one. */
  static List<String> blocker() {
    return BLOCKER == null ? List.of() : List.of(BLOCKER.split(" "));
  }

  /**
   * Runs {@code action} each time {@code signal} arrives, on a thread shared with other signals, so
   * it must return soon. Never uses SIG_IGN, which children would inherit. Of the signals ignored
   * from the start, only HUP stays ignored, as nohup(1) requires; a script's {@code jlocal start &}
   * begins with INT ignored, and {@code kill -INT} must end it nevertheless.
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

  /** Returns false if the signal was ignored from the start: then the JVM leaves it ignored. */
  private static boolean handle(Signal signal, Runnable action) {
    var before = sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), _ -> action.run());
    return before.equals(sun.misc.SignalHandler.SIG_IGN);
  }

  /** Whether a process ignores a signal; false if unknown. proc(5) */
  public static boolean isIgnoredBy(long pid, Signal signal) {
    return (mask(pid + "/status", "SigIgn:") & bit(signal)) != 0;
  }

  /** Whether one of these signals is pending for this process. */
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
