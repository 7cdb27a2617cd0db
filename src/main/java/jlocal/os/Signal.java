package jlocal.os;

import org.jspecify.annotations.Nullable;

/** The signals jlocal sends, catches or names; signal(7). */
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

  /** Its number on this system: Linux and macOS disagree on some, so the JVM is asked. */
  public int number() {
    return new sun.misc.Signal(name()).getNumber();
  }

  /** The signal with this number here, or null when it is none of ours. */
  public static @Nullable Signal numbered(int number) {
    for (Signal signal : values()) {
      if (signal.number() == number) return signal;
    }
    return null;
  }

  /** As a person writes it: {@code SIGTERM}. */
  @Override
  public String toString() {
    return "SIG" + name();
  }
}
