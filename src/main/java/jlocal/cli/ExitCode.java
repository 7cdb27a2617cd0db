package jlocal.cli;

import java.util.Locale;

/**
 * The exit statuses of jlocal. If a child ran, its status is passed on instead: its code, or 128 +
 * n if signal n ended it, as in a shell.
 */
enum ExitCode {
  /** Success. */
  DONE(0),
  /** An instance crashed instead of coming up, or the output could not be written. */
  CRASHED(1),
  /** The command line, a file or a port is at fault: nothing was started. */
  USAGE(2),
  /** No app of this folder is running (EX_UNAVAILABLE of sysexits). */
  NOT_RUNNING(69),
  /** A bug in jlocal (EX_SOFTWARE of sysexits). */
  BUG(70);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** Returns the name of an exit status in JSON. */
  static String name(int status) {
    for (ExitCode code : values()) {
      if (code.status == status) return code.name().toLowerCase(Locale.ROOT);
    }
    return status == WaitCommand.TIMED_OUT ? "timeout" : "failed";
  }
}
