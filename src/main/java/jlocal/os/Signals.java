package jlocal.os;

/** Signals sent to jlocal. */
public final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a thread of the JVM each time {@code signal} arrives. Never SIG_IGN: an
   * ignored signal would be inherited by every child.
   */
  public static void on(Signal signal, Runnable action) {
    sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), _ -> action.run());
  }
}
