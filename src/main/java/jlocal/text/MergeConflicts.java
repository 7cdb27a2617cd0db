package jlocal.text;

import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Detects git's conflict markers in a file, and reports each conflict once. */
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

  /** Returns the error for a marker, or null if its conflict has been reported. */
  public @Nullable Problem at(int number, String marker) {
    boolean reported = open;
    if (marker.startsWith("<<<<<<< ")) open = true;
    if (marker.startsWith(">>>>>>> ")) open = false;
    return reported ? null : Problem.error(file, number, "unresolved merge conflict");
  }
}
