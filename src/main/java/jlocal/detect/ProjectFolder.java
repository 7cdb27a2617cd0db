package jlocal.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.json.JsonFields;
import jlocal.problem.Reading;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/** A folder as seen by detectors: its files and their content. */
public final class ProjectFolder {
  /** Names that need no quotes in a command. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

  private static final int MAX_FILES = 200;
  private static final long MAX_SIZE = 1 << 20;

  private final Path path;
  private final Map<String, String> texts = new HashMap<>();

  public ProjectFolder(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** Whether a file or folder of that name exists. */
  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  /**
   * Returns the files and folders that match, sorted.
   *
   * @param pattern relative to the folder; {@code *} matches any part of a name
   */
  List<String> matching(String pattern) {
    if (!pattern.contains("*")) return has(pattern) ? List.of(pattern) : List.of();
    List<String> found = List.of("");
    for (String segment : pattern.split("/", -1)) {
      var next = new ArrayList<String>();
      for (String above : found) below(above, segment, next);
      found = next;
    }
    return found;
  }

  private void below(String above, String segment, List<String> found) {
    if (!segment.contains("*")) {
      if (has(join(above, segment))) found.add(join(above, segment));
      return;
    }
    String names = Pattern.quote(segment).replaceAll("\\*+", "\\\\E[^.][^/]*\\\\Q");
    Pattern wanted = Pattern.compile(names.replace("\\Q\\E", ""));
    for (String name : names(above)) {
      if (wanted.matcher(name).matches()) found.add(join(above, name));
    }
  }

  private static String join(String above, String name) {
    return above.isEmpty() ? name : above + "/" + name;
  }

  /** Returns the names in a folder below, sorted, without those that need quotes in a command. */
  List<String> names(String below) {
    try (var files = Files.list(path.resolve(below))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> PLAIN.matcher(name).matches())
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /**
   * Returns the text of a file; {@code package.json#scripts.dev} for a string in its JSON.
   *
   * @return null if it does not exist or cannot be read
   */
  public @Nullable String text(String name) {
    int hash = name.indexOf('#');
    if (hash < 0) return texts.computeIfAbsent(name, this::read);
    String json = text(name.substring(0, hash));
    return json == null ? null : string(json, name.substring(hash + 1));
  }

  private @Nullable String read(String name) {
    Path file = path.resolve(name);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_SIZE) return null;
      Reading<String> text = TextFile.read(file, name);
      return text.hasErrors() ? null : text.value();
    } catch (IOException _) {
      return null;
    }
  }

  /** Returns the string at dot-separated keys; empty if the value is not a string. */
  private static @Nullable String string(String json, String keys) {
    Object value = JsonFields.find(json, List.of(keys.split("\\.", -1)));
    if (value instanceof List<?> list) return String.join("\n", strings(list));
    return value == null ? null : value instanceof String text ? text : "";
  }

  private static List<String> strings(List<?> list) {
    return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }
}
