package jlocal.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import jlocal.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A tool for clients: a command of jlocal. All are in {@code tools.json}.
 *
 * @param listed its description in {@code tools/list}, with a schema of its arguments
 * @param command its words; a word with an argument's name in braces is used only if the argument
 *     is given
 */
record Tool(JsonFields listed, List<String> command) {
  /**
   * Returns all tools.
   *
   * @param readOnly whether to omit those that change something
   */
  static List<Tool> all(boolean readOnly) {
    return JsonFields.read(AgentFiles.text("tools.json")).objects("tools").stream()
        .filter(tool -> !readOnly || tool.object("annotations").flag("readOnlyHint"))
        .map(Tool::of)
        .toList();
  }

  private static Tool of(JsonFields entry) {
    var listed = new LinkedHashMap<>(entry.values());
    listed.remove("command");
    return new Tool(new JsonFields(listed), entry.texts("command"));
  }

  String name() {
    return listed.text("name");
  }

  private JsonFields parameters() {
    return listed.object("inputSchema").object("properties");
  }

  /** Returns the problems with the arguments of a call; empty for none. */
  List<String> problems(JsonFields arguments) {
    JsonFields known = parameters();
    var problems = new ArrayList<String>();
    arguments
        .values()
        .forEach((name, value) -> {
          if (!known.has(name)) problems.add("there is no argument '" + name + "'");
          else if (!fits(known.object(name), value)) {
            problems.add("'" + name + "' must be " + expected(known.object(name)));
          }
        });
    return problems;
  }

  private static String expected(JsonFields schema) {
    return (schema.has("items") ? "a list: " : "") + schema.text("description");
  }

  private static boolean fits(JsonFields schema, Object value) {
    return switch (schema.text("type")) {
      case "array" ->
          value instanceof List<?> all
              && all.stream().allMatch(each -> fits(schema.object("items"), each));
      case "integer" -> value instanceof Long number && number >= 0;
      default ->
          value instanceof String text
              && (!schema.has("pattern") || text.matches(schema.text("pattern")));
    };
  }

  /** Returns the command line for valid arguments. */
  List<String> commandLine(JsonFields arguments) {
    var words = new ArrayList<String>();
    for (String word : command) {
      int brace = word.indexOf('{');
      if (brace < 0) words.add(word);
      else words.addAll(words(word.substring(0, brace), word.substring(brace + 1), arguments));
    }
    return words;
  }

  private List<String> words(String option, String inBraces, JsonFields arguments) {
    String name = inBraces.replace("}", "");
    JsonFields schema = parameters().object(name);
    @Nullable Object value = arguments.values().get(name);
    if (value == null) value = schema.values().get("default");
    return switch (value) {
      case null -> List.of();
      case List<?> all -> all.stream().map(String::valueOf).toList();
      case Long number when schema.has("maximum") ->
          List.of(option + Math.min(number, schema.whole("maximum")));
      default -> List.of(option + value);
    };
  }
}
