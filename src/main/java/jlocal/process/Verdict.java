package jlocal.process;

import jlocal.formation.InstanceName;

/** Why the app ends, and with which exit code. */
public sealed interface Verdict {
  /** The app's exit code. */
  int code();

  /** No instance is left that could run. */
  record AllEnded(int code) implements Verdict {}

  /** One ended, and the others are to end with it: {@code --on-exit stop}. */
  record OneEnded(InstanceName name, int code) implements Verdict {}

  /** One crashes again and again, and nobody is there to mend it. */
  record CrashLoop(InstanceName name, int code) implements Verdict {}
}
