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

/** A folder as detectors see it: which files it has, and what is in them. */
public final class Folder {
  /** Names that can stand in a command without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

  private static final int MAX_FILES = 200;
  private static final long MAX_SIZE = 1 << 20;

  private final Path path;
  private final Map<String, String> texts = new HashMap<>();

  public Folder(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** Whether there is a file or folder of that name. */
  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  /**
   * The files and folders of these names, sorted; a {@code *} stands for any part of a name.
   *
   * @param pattern relative to the folder
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

  /** What is in a folder below, sorted; names that would need quotes in a command are left out. */
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
   * The text of a file, or with {@code package.json#scripts.dev} that string of the JSON in it.
   *
   * @return null when there is none, or it cannot be read
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

  /** Keys that are separated by dots; what is no string is its type only. */
  private static @Nullable String string(String json, String keys) {
    Object value = JsonFields.find(json, List.of(keys.split("\\.", -1)));
    if (value instanceof List<?> list) return String.join("\n", strings(list));
    return value == null ? null : value instanceof String text ? text : "";
  }

  private static List<String> strings(List<?> list) {
    return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }
}
