package jlocal.os;

import org.jspecify.annotations.Nullable;

/** The signals that jlocal sends, handles or names; signal(7). */
public enum Signal {
  HUP,
  INT,
  QUIT,
  ILL,
  TRAP,
  ABRT,
  BUS,
  FPE,
  KILL,
  USR1,
  SEGV,
  USR2,
  PIPE,
  ALRM,
  TERM,
  CHLD,
  CONT,
  STOP,
  TSTP,
  XCPU,
  XFSZ,
  VTALRM,
  PROF,
  WINCH,
  SYS;

  /** Its number on this system, from the JVM, since Linux and macOS differ. */
  public int number() {
    return new sun.misc.Signal(name()).getNumber();
  }

  /** Returns the signal with this number here, or null if it is not listed. */
  public static @Nullable Signal numbered(int number) {
    for (Signal signal : values()) {
      if (signal.number() == number) return signal;
    }
    return null;
  }

  /** Its usual name: {@code SIGTERM}. */
  @Override
  public String toString() {
    return "SIG" + name();
  }
}
