package jlocal.cli;

import java.util.ArrayList;
import java.util.List;

/** Each setting, its value, and where it came from. */
final class Explain {
  private Explain() {}

  static void print(Settings settings, Out out) {
    List<List<String>> rows = new ArrayList<>();
    for (Option<?> option : settings.options()) {
      Setting setting = settings.setting(option);
      boolean given = settings.isGiven(option);
      String text = given ? setting.text() : option.defaultText();
      rows.add(List.of(option.key(), text.isEmpty() ? "-" : text, setting.origin().toString()));
    }
    int keys = widest(rows, 0);
    int values = widest(rows, 1);
    for (List<String> row : rows) {
      out.line(pad(row.get(0), keys) + pad(row.get(1), values) + row.get(2));
    }
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
