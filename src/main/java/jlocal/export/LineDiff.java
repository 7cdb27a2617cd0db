package jlocal.export;

import java.util.ArrayList;
import java.util.List;

/** How a text differs from another, line by line. Pure. */
final class LineDiff {
  /** Beyond this many pairs of lines all of both are shown. */
  private static final long MOST_PAIRS = 4_000_000;

  private LineDiff() {}

  /** The lines that go, after {@code "- "}, and those that come, after {@code "+ "}. */
  static List<String> of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    boolean isLarge = (long) old.size() * now.size() > MOST_PAIRS;
    int[][] common = isLarge ? new int[0][] : common(old, now);
    var lines = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      boolean isLast = i == old.size() || j == now.size() || isLarge;
      if (!isLast && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (i < old.size() && (isLast || common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + old.get(i++));
      } else {
        lines.add("+ " + now.get(j++));
      }
    }
    return lines;
  }

  /** The length of the longest common subsequence behind each pair of places. */
  private static int[][] common(List<String> old, List<String> now) {
    var common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        boolean isSame = old.get(i).equals(now.get(j));
        int either = Math.max(common[i + 1][j], common[i][j + 1]);
        common[i][j] = isSame ? common[i + 1][j + 1] + 1 : either;
      }
    }
    return common;
  }
}
