package jlocal.router;

import java.util.List;
import java.util.TreeSet;

/**
 * Text with SGR colours to HTML: classes instead of styles, everything else escaped, and every
 * other control sequence left out.
 */
final class Sgr {
  private final StringBuilder html = new StringBuilder();
  private final TreeSet<String> classes = new TreeSet<>();
  private boolean inSpan;

  private Sgr() {}

  /** One line; its colours end with it. */
  static String toHtml(String line) {
    var sgr = new Sgr();
    int at = 0;
    while (at < line.length()) at = sgr.step(line, at);
    sgr.closeSpan();
    return sgr.html.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private int step(String line, int at) {
    char c = line.charAt(at);
    if (c == 0x1b) return escapeSequence(line, at + 1);
    if (c == '\t' || (c >= ' ' && c != 0x7f && (c < 0x80 || c > 0x9f))) {
      html.append(escape(String.valueOf(c)));
    }
    return at + 1;
  }

  private int escapeSequence(String line, int at) {
    if (at >= line.length() || line.charAt(at) != '[') return Math.min(at + 1, line.length());
    int end = at + 1;
    while (end < line.length() && (line.charAt(end) < 0x40 || line.charAt(end) > 0x7e)) end++;
    if (end < line.length() && line.charAt(end) == 'm') apply(line.substring(at + 1, end));
    return end + 1;
  }

  private void apply(String parameters) {
    closeSpan();
    String[] codes = parameters.split("[;:]", -1);
    for (int i = 0; i < codes.length; i++) {
      int code = number(codes[i]);
      if (code == 38 || code == 48) i += extended(code, codes, i);
      else one(code);
    }
    openSpan();
  }

  private static int number(String code) {
    if (code.isEmpty()) return 0;
    return code.length() <= 3 && code.chars().allMatch(Character::isDigit)
        ? Integer.parseInt(code)
        : -1;
  }

  /** 256 colours: the first sixteen have classes; how many codes belong to it. */
  private int extended(int code, String[] codes, int at) {
    int kind = at + 1 < codes.length ? number(codes[at + 1]) : -1;
    if (kind == 2) return 4;
    if (kind != 5) return 0;
    int colour = at + 2 < codes.length ? number(codes[at + 2]) : -1;
    if (colour >= 0 && colour < 16) colour(code == 38 ? "f" : "b", colour);
    return 2;
  }

  private void one(int code) {
    if (code == 0) classes.clear();
    else if (code == 1) classes.add("bold");
    else if (code == 2) classes.add("dim");
    else if (code == 22) classes.removeAll(List.of("bold", "dim"));
    else if (code >= 30 && code <= 37) colour("f", code - 30);
    else if (code == 39) without("f");
    else if (code >= 40 && code <= 47) colour("b", code - 40);
    else if (code == 49) without("b");
    else if (code >= 90 && code <= 97) colour("f", code - 82);
    else if (code >= 100 && code <= 107) colour("b", code - 92);
  }

  private void colour(String ground, int colour) {
    without(ground);
    classes.add(ground + colour);
  }

  private void without(String ground) {
    classes.removeIf(name -> name.matches(ground + "\\d+"));
  }

  private void openSpan() {
    inSpan = !classes.isEmpty();
    if (inSpan) html.append("<span class=\"").append(String.join(" ", classes)).append("\">");
  }

  private void closeSpan() {
    if (inSpan) html.append("</span>");
    inSpan = false;
  }
}
