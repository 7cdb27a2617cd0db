package jlocal.text;

import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Sees the markers that git leaves in a file, and tells each conflict once. */
public final class MergeConflicts {
  private final String file;
  private boolean open;

  public MergeConflicts(String file) {
    this.file = file;
  }

  public static boolean isMarker(String line) {
    return line.equals("=======")
        || line.startsWith("<<<<<<< ")
        || line.startsWith("||||||| ")
        || line.startsWith(">>>>>>> ");
  }

  /** The error to report for this marker, or null when its conflict has been reported. */
  public @Nullable Problem at(int number, String marker) {
    boolean told = open;
    if (marker.startsWith("<<<<<<< ")) open = true;
    if (marker.startsWith(">>>>>>> ")) open = false;
    return told ? null : Problem.error(file, number, "unresolved merge conflict");
  }
}
