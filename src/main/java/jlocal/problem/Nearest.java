package jlocal.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what the user probably meant by a mistyped word. */
public final class Nearest {
  private Nearest() {}

  /**
   * Returns the candidate with the smallest edit distance, ignoring case; of equals the first.
   *
   * @return null if none is near: at most one edit in three characters, or one in a shorter word
   */
  public static @Nullable String of(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Math.max(1, word.length() / 3) + 1;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) >= fewest) continue;
      int slips = slips(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (slips < fewest && slips < candidate.length()) {
        best = candidate;
        fewest = slips;
      }
    }
    return best;
  }

  /** Returns the nearest candidate as the end of a message; empty if none is near. */
  public static String hint(String word, Collection<String> candidates) {
    String near = of(word, candidates);
    return near == null ? "" : "; did you mean '" + near + "'?";
  }

  /**
   * Returns the number of characters to insert, delete, replace, or swap with their neighbour to
   * turn a into b (optimal string alignment).
   */
  static int slips(String a, String b) {
    int[] twoAbove = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int[] free = twoAbove;
      twoAbove = above;
      above = row;
      row = free;
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        if (swapped(a, i, b, j)) row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
      }
    }
    return row[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
