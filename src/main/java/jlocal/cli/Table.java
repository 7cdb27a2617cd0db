package jlocal.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as lines of text, in columns two blanks apart. */
final class Table {
  private Table() {}

  /**
   * The lines.
   *
   * @param rows all of one length; the first holds the titles
   * @param right the columns whose cells stand to the right, from 0
   */
  static List<String> lines(List<List<String>> rows, List<Integer> right) {
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String blanks = " ".repeat(width(rows, column) - cell.length());
        line.append(column == 0 ? "" : "  ");
        line.append(right.contains(column) ? blanks + cell : cell + blanks);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
