package jlocal.convert;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.json.JsonReader;
import jlocal.json.JsonReader.SyntaxException;
import jlocal.json.JsonValue;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of another runner, converted to a Procfile.
 *
 * @param procfile lines of a Procfile
 * @param settings lines of {@code .jlocal}
 * @param variables lines of {@code .env}
 * @param left what could not be converted, in a few words each
 */
public record OtherConfig(
    String file,
    List<String> procfile,
    List<String> settings,
    List<String> variables,
    List<String> left) {
  /** The files, and the key of their processes. */
  private static final Map<String, String> FILES =
      Map.of(
          "process-compose.yaml", "processes",
          "process-compose.yml", "processes",
          "mprocs.yaml", "procs",
          "mprocs.json", "procs",
          "pitchfork.toml", "daemons");

  private static final List<String> COMMAND = List.of("command", "shell", "cmd", "run");
  private static final List<String> FOLDER = List.of("working_dir", "cwd", "dir");
  private static final List<String> VARIABLES = List.of("environment", "env");
  private static final List<String> AFTER = List.of("depends_on", "depends", "deps");
  private static final Set<String> SILENT =
      Set.of(
          "version",
          "name",
          "description",
          "log_location",
          "log_level",
          "is_tty",
          "log",
          "proc_log");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=~-]+");
  private static final Pattern SIGNAL =
      Pattern.compile("(?:SIG)?(HUP|INT|QUIT|KILL|USR1|USR2|TERM)");
  private static final Map<String, String> NUMBERS =
      Map.of(
          "1", "HUP", "2", "INT", "3", "QUIT", "9", "KILL", "10", "USR1", "12", "USR2", "15",
          "TERM");

  private OtherConfig(String file) {
    this(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Reads the file in a folder; null if there is none, or none with a process. */
  public static @Nullable OtherConfig in(Path folder) {
    for (String name : FILES.keySet().stream().sorted().toList()) {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) continue;
      try {
        var text = TextFile.read(file, name);
        if (text.hasErrors()) continue;
        var config = new OtherConfig(name);
        config.read(outline(name, text.value()), String.valueOf(FILES.get(name)));
        if (!config.procfile.isEmpty() || !config.left.isEmpty()) return config;
      } catch (NoSuchFileException | SyntaxException _) {
        // Deleted meanwhile, or not JSON: skip it.
      }
    }
    return null;
  }

  private static SequencedMap<String, Object> outline(String name, String text)
      throws SyntaxException {
    if (name.endsWith(".toml")) return YamlTomlParser.ofToml(text);
    if (!name.endsWith(".json")) return YamlTomlParser.ofYaml(text);
    return map(plain(JsonReader.read(text)));
  }

  private static Object plain(JsonValue value) {
    return switch (value) {
      case JsonValue.JsonString string -> string.text();
      case JsonValue.JsonLiteral literal -> literal.written();
      case JsonValue.JsonArray array ->
          array.items().stream().map(item -> plain(item).toString()).toList();
      case JsonValue.JsonObject object -> {
        var map = new LinkedHashMap<String, Object>();
        object.members().forEach(member -> map.put(member.name(), plain(member.value())));
        yield map;
      }
    };
  }

  @SuppressWarnings("unchecked") // Outline and plain make no others
  private static SequencedMap<String, Object> map(@Nullable Object value) {
    return value instanceof SequencedMap
        ? (SequencedMap<String, Object>) value
        : new LinkedHashMap<>();
  }

  private void read(SequencedMap<String, Object> all, String section) {
    map(all.get(section)).forEach((name, value) -> process(type(name), value));
    all.forEach((key, value) -> {
      if (VARIABLES.contains(key)) variables.addAll(assignments(value));
      else if (!key.equals(section) && !SILENT.contains(key)) left.add(key);
    });
  }

  private static String type(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]+", "-");
  }

  private void process(String type, Object value) {
    SequencedMap<String, Object> keys = map(value);
    Object command = value instanceof String ? value : YamlTomlParser.first(keys, COMMAND);
    String line = command instanceof List<?> words ? quoted(words) : String.valueOf(command);
    if (!(command instanceof String || command instanceof List<?>) || line.isBlank()) {
      left.add("the command of " + type);
    } else if (line.contains("\n")) {
      left.add("the command of " + type + ", which has several lines: put them into a script");
    } else {
      procfile.add(type + ": " + line);
    }
    keys.forEach((key, each) -> setting(type, key, each));
  }

  private void setting(String type, String key, Object value) {
    if (COMMAND.contains(key) || SILENT.contains(key)) return;
    if (FOLDER.contains(key)) settings.add("dir." + type + ": " + value);
    else if (VARIABLES.contains(key)) {
      assignments(value).forEach(pair -> settings.add("env." + type + ": " + pair));
    } else if (AFTER.contains(key)) {
      var names = value instanceof List<?> list ? list : map(value).sequencedKeySet();
      settings.add(
          "after."
              + type
              + ": "
              + names.stream().map(it -> type("" + it)).reduce((a, b) -> a + " " + b).orElse(""));
    } else if (key.equals("shutdown")) {
      map(value).forEach((each, what) -> stop(type, each, what.toString()));
    } else if (key.equals("stop")) {
      stop(type, value instanceof String ? "signal" : "stop", value.toString());
    } else {
      left.add(key + " of " + type);
    }
  }

  private void stop(String type, String key, String value) {
    Matcher signal = SIGNAL.matcher(NUMBERS.getOrDefault(value, value));
    if (key.equals("signal") && signal.matches())
      settings.add("signal." + type + ": " + signal.group(1));
    else if (key.equals("timeout_seconds")) settings.add("stop-timeout." + type + ": " + value);
    else left.add("shutdown." + key + " of " + type);
  }

  private static List<String> assignments(Object value) {
    if (value instanceof List<?> list) return list.stream().map(String::valueOf).toList();
    return map(value).entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
  }

  private static String quoted(List<?> words) {
    var line = new ArrayList<String>();
    for (Object word : words) {
      String text = word.toString();
      line.add(PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'");
    }
    return String.join(" ", line);
  }

  /** Returns all lines, for the user to copy. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    add(lines, "# Procfile", procfile);
    add(lines, "# .jlocal", settings);
    add(lines, "# .env", variables);
    left.forEach(it -> lines.add("# not converted: " + it));
    return lines;
  }

  private static void add(List<String> lines, String title, List<String> more) {
    if (more.isEmpty()) return;
    lines.add(title);
    lines.addAll(more);
  }
}
