package jlocal.cli;

import jlocal.os.Terminal;

/** Shows the progress of a download on a terminal. */
final class FetchProgress {
  private static final int WIDTH = 30;
  private static final long STEP = 100_000;

  private final String what;
  private final Out err;
  private long shown = -STEP;

  FetchProgress(String what, Out err) {
    this.what = what;
    this.err = err;
  }

  /** Implements {@link jlocal.addons.MavenArtifact.Progress}. */
  void at(long done, long total) {
    boolean isAtEnd = done == total;
    if (!Terminal.is(Terminal.Stream.ERR) || (done - shown < STEP && !isAtEnd)) return;
    shown = done;
    int full = total > 0 ? Math.toIntExact(done * WIDTH / total) : 0;
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    String mega = total > 0 ? "of %.1f MB".formatted(total / 1e6) : "MB";
    err.writer().print("\r%s [%s] %.1f %s".formatted(what, bar, done / 1e6, mega));
    if (isAtEnd) err.writer().println();
    err.writer().flush();
  }
}
