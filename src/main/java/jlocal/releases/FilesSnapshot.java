package jlocal.releases;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.config.EnvFileEditor;
import jlocal.config.MapDiff;
import jlocal.procfile.ProcfileParser;
import jlocal.text.TextFile;

/**
 * The content of an app's files at one time.
 *
 * @param procfile empty if there is none
 * @param env by path, in reading order; contains secrets
 */
public record FilesSnapshot(String procfile, SequencedMap<String, String> env) {
  /** Reads the files; one that cannot be read counts as empty. */
  public static FilesSnapshot of(Path procfile, Collection<Path> env) {
    var texts = new LinkedHashMap<String, String>();
    for (Path file : env) {
      if (Files.isRegularFile(file)) texts.put(key(file), TextFile.orEmpty(file));
    }
    return new FilesSnapshot(
        Files.isRegularFile(procfile) ? TextFile.orEmpty(procfile) : "", texts);
  }

  /** Returns the name of a file in a snapshot. */
  public static String key(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private Map<String, String> vars() {
    var vars = new LinkedHashMap<String, String>();
    env.forEach((file, text) -> {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      vars.putAll(EnvFileEditor.read(bytes, file).value().values());
    });
    return vars;
  }

  /** Returns the valid entries; the file may have had errors. */
  private Map<String, String> types() {
    var types = new LinkedHashMap<String, String>();
    byte[] bytes = procfile.getBytes(StandardCharsets.UTF_8);
    ProcfileParser.parse(bytes, "Procfile")
        .value()
        .commands()
        .forEach((type, command) -> types.put(type, command.line()));
    return types;
  }

  /** Describes a change in one line: {@code config: A, B set; Procfile: web changed}. */
  public String summary(FilesSnapshot after) {
    var parts = new ArrayList<String>();
    var config = new MapDiff(vars(), after.vars());
    var set = new ArrayList<>(config.added());
    set.addAll(config.changed());
    add(parts, "config: ", set, " set");
    add(parts, "config: ", config.removed(), " unset");
    var types = new MapDiff(types(), after.types());
    add(parts, "Procfile: ", types.added(), " added");
    add(parts, "Procfile: ", types.changed(), " changed");
    add(parts, "Procfile: ", types.removed(), " removed");
    return parts.isEmpty() ? "comments and order" : String.join("; ", parts);
  }

  /** Describes a change with old and new commands, without values. */
  public List<String> details(FilesSnapshot after) {
    var lines = new ArrayList<String>();
    var config = new MapDiff(vars(), after.vars());
    config.added().forEach(name -> lines.add("+ " + name + "=********"));
    config.changed().forEach(name -> lines.add("~ " + name + "=********"));
    config.removed().forEach(name -> lines.add("- " + name));
    var types = new MapDiff(types(), after.types());
    List<String> others = types.all();
    types().forEach((type, line) -> addCommand(lines, "- ", type, line, others));
    after.types().forEach((type, line) -> addCommand(lines, "+ ", type, line, others));
    return lines;
  }

  private static void addCommand(
      List<String> lines, String sign, String type, String command, List<String> changed) {
    if (changed.contains(type)) lines.add(sign + type + ": " + command);
  }

  private static void add(List<String> parts, String before, List<String> names, String what) {
    if (!names.isEmpty()) parts.add(before + String.join(", ", names) + what);
  }

  /** Leaves out the content, which has secrets. */
  @Override
  public String toString() {
    return env.keySet().toString();
  }
}
