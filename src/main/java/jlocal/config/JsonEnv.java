package jlocal.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jlocal.json.JsonReader;
import jlocal.json.JsonReader.SyntaxException;
import jlocal.json.JsonValue;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;

/** Reads an env file that is one JSON object, flattened as by {@code heroku local}. */
record JsonEnv(EnvFile.Builder found) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Whether the file begins with a brace that is not a template's ({@code {{ … }}}). */
  static boolean isJson(String text) {
    String trimmed = text.stripLeading();
    return trimmed.startsWith("{") && !trimmed.startsWith("{{") && !trimmed.startsWith("{%");
  }

  static void read(String text, EnvFile.Builder found) {
    try {
      new JsonEnv(found).flatten("", JsonReader.read(text));
    } catch (SyntaxException bad) {
      found.report(EnvProblems.notJson(found.file(), bad.line(), bad.expected()));
    }
  }

  private void flatten(String path, JsonValue value) {
    switch (value) {
      case JsonObject(var members) -> {
        for (var member : members) flatten(join(path, member.name()), member.value());
      }
      case JsonArray(var items) -> flatten(path, items);
      case JsonString(var text, var line) -> add(path, text, line);
      case JsonLiteral(var written, var line) -> {
        if (!written.equals("null")) add(path, written, line);
      }
    }
  }

  private void flatten(String path, List<JsonValue> items) {
    for (int i = 0; i < items.size(); i++) flatten(join(path, String.valueOf(i)), items.get(i));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "_" + name;
  }

  private void add(String path, String value, int line) {
    String name = path.toUpperCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      found.report(EnvProblems.notAName(found.file(), line, path));
    } else if (value.indexOf('\0') >= 0) {
      found.report(EnvProblems.nul(found.file(), line, name));
    } else {
      found.add(name, value, line);
    }
  }
}
