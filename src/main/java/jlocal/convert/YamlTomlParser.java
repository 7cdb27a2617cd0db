package jlocal.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outline of a YAML or TOML file: keys whose values are texts, lists of texts, or further
 * keys. Anchors, tags, merges and multi-line texts in TOML are not understood, but read as texts. A
 * value is a String, a List of Strings, or a Map.
 */
final class YamlTomlParser {
  private static final Pattern KEY =
      Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s\"'\\[{#&*-][^:]*?)\\s*:(?:\\s+(.*))?");
  private static final Pattern BLOCK = Pattern.compile("[|>][-+0-9]*");
  private static final Pattern ASSIGNMENT = Pattern.compile("([^=]+?)\\s*=\\s*(.*)");

  private final List<String> lines;
  private int at;

  private YamlTomlParser(List<String> lines) {
    this.lines = lines;
  }

  static SequencedMap<String, Object> ofYaml(String text) {
    var lines =
        text.lines().map(YamlTomlParser::withoutComment).filter(line -> !line.isBlank()).toList();
    var outline = new YamlTomlParser(lines);
    return lines.isEmpty() ? new LinkedHashMap<>() : outline.map(depth(lines.getFirst()));
  }

  private SequencedMap<String, Object> map(int depth) {
    var map = new LinkedHashMap<String, Object>();
    while (at < lines.size() && depth(lines.get(at)) >= depth) {
      Matcher key = KEY.matcher(lines.get(at++).strip());
      if (!key.matches()) continue;
      String rest = key.group(2) == null ? "" : key.group(2).strip();
      map.put(plain(key.group(1)), rest.isEmpty() ? below(depth) : value(rest, depth));
    }
    return map;
  }

  /** Reads the value below a key; a list may be indented like the key. */
  private Object below(int depth) {
    if (at >= lines.size()) return "";
    int deeper = depth(lines.get(at));
    boolean isList = lines.get(at).strip().startsWith("-");
    if (isList && deeper >= depth) return list(deeper);
    return deeper > depth ? map(deeper) : "";
  }

  private List<String> list(int depth) {
    var items = new ArrayList<String>();
    for (; at < lines.size() && depth(lines.get(at)) >= depth; at++) {
      String item = lines.get(at).strip();
      if (depth(lines.get(at)) == depth && !item.startsWith("-")) break;
      if (depth(lines.get(at)) == depth) items.add(plain(item.substring(1).strip()));
    }
    return items;
  }

  private Object value(String rest, int depth) {
    if (!BLOCK.matcher(rest).matches()) return scalar(rest);
    var block = new ArrayList<String>();
    while (at < lines.size() && depth(lines.get(at)) > depth) block.add(lines.get(at++).strip());
    return String.join(rest.startsWith(">") ? " " : "\n", block);
  }

  static SequencedMap<String, Object> ofToml(String text) {
    var root = new LinkedHashMap<String, Object>();
    SequencedMap<String, Object> table = root;
    var open = new StringBuilder();
    for (String each : text.lines().toList()) {
      String line = (open + withoutComment(each)).strip();
      open.setLength(0);
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (line.startsWith("[") && line.endsWith("]")) {
        table = inside(root, line.replaceAll("^\\[+|]+$", ""));
      } else if (assignment.matches()) {
        if (assignment.group(2).startsWith("[") && !line.endsWith("]")) {
          open.append(line).append(' ');
          continue;
        }
        List<String> path = path(assignment.group(1));
        String parent = String.join(".", path.subList(0, path.size() - 1));
        inside(table, parent).put(path.getLast(), scalar(assignment.group(2)));
      }
    }
    return root;
  }

  @SuppressWarnings("unchecked") // all maps in it are made here
  private static SequencedMap<String, Object> inside(
      SequencedMap<String, Object> map, String keys) {
    SequencedMap<String, Object> found = map;
    for (String key : path(keys)) {
      if (key.isEmpty()) continue;
      Object next = found.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
      if (!(next instanceof Map)) return new LinkedHashMap<>();
      found = (SequencedMap<String, Object>) next;
    }
    return found;
  }

  private static List<String> path(String keys) {
    return split(keys, '.').stream().map(YamlTomlParser::plain).toList();
  }

  /** Parses a value on one line: {@code [a, b]}, {@code {a: 1}}, or a text. */
  private static Object scalar(String text) {
    boolean isList = text.startsWith("[") && text.endsWith("]");
    boolean isMap = text.startsWith("{") && text.endsWith("}");
    if (!isList && !isMap) return plain(text);
    List<String> items = split(text.substring(1, text.length() - 1), ',');
    if (isList)
      return items.stream().map(YamlTomlParser::plain).filter(it -> !it.isEmpty()).toList();
    var map = new LinkedHashMap<String, Object>();
    for (String item : items) {
      String[] pair = item.split("[:=]", 2);
      if (pair.length == 2) map.put(plain(pair[0]), scalar(pair[1].strip()));
    }
    return map;
  }

  /** Splits at separators outside quotes and brackets. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && (text.charAt(i) != separator || isEnclosed(text, i))) continue;
      parts.add(text.substring(from, i).strip());
      from = i + 1;
    }
    return parts;
  }

  private static boolean isEnclosed(String text, int index) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < index; i++) {
      char c = text.charAt(i);
      if (quote != 0) quote = c == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
      else if (c == '"' || c == '\'') quote = c;
      else if (c == '[' || c == '{') depth++;
      else if (c == ']' || c == '}') depth--;
    }
    return quote != 0 || depth > 0;
  }

  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      boolean begins = i == 0 || Character.isWhitespace(line.charAt(i - 1));
      if (begins && !isEnclosed(line, i)) return line.substring(0, i).stripTrailing();
    }
    return line.stripTrailing();
  }

  private static String plain(String text) {
    String trimmed = text.strip();
    if (trimmed.length() < 2) return trimmed;
    char quote = trimmed.charAt(0);
    if ((quote != '"' && quote != '\'') || !trimmed.endsWith("" + quote)) return trimmed;
    String inside = trimmed.substring(1, trimmed.length() - 1);
    return quote == '"' ? inside.replaceAll("\\\\([\"\\\\/])", "$1") : inside.replace("''", "'");
  }

  private static int depth(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Returns the value of the first of these keys that exists; null for none. */
  static @Nullable Object first(Map<String, Object> map, List<String> keys) {
    return keys.stream().filter(map::containsKey).findFirst().map(map::get).orElse(null);
  }
}
