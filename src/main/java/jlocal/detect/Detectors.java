package jlocal.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/** The detectors of {@code detectors.txt}, which explains its format. The first match wins. */
public final class Detectors {
  private static final Pattern NAME = Pattern.compile("\\{([a-z0-9]+)}");
  private static final Pattern PROCESS = Pattern.compile("([a-z]+): (.+)");

  private final List<Detector> all = new ArrayList<>();
  private final List<Let> lets = new ArrayList<>();
  private final String path;

  /** A detector: conditions, and commands and a reason with {@code {names}}. */
  private record Detector(
      String name,
      List<DetectorCondition> conditions,
      SequencedMap<String, String> commands,
      StringBuilder why) {}

  /** A value for a name in texts, if its conditions are met. */
  private record Let(String name, String value, List<DetectorCondition> conditions) {}

  /**
   * Reads the table.
   *
   * @param environment the caller's; its PATH decides which programs exist
   */
  public Detectors(Map<String, String> environment) {
    path = environment.getOrDefault("PATH", "");
    for (String line : ResourceTable.lines(Detectors.class, "detectors.txt")) read(line);
  }

  private void read(String line) {
    String text = line.strip();
    if (line.startsWith("let ")) {
      String[] parts = text.substring(4).split(" = | if ");
      var conditions = List.of(parts).subList(2, parts.length).stream().map(DetectorCondition::of);
      lets.add(new Let(parts[0], parts[1], conditions.toList()));
      return;
    }
    if (!line.startsWith(" ")) {
      all.add(new Detector(text, new ArrayList<>(), new LinkedHashMap<>(), new StringBuilder()));
      return;
    }
    Detector last = all.getLast();
    var process = PROCESS.matcher(text);
    if (text.startsWith("if ")) last.conditions.add(DetectorCondition.of(text.substring(3)));
    else if (text.startsWith("why ")) last.why.append(text.substring(4));
    else if (process.matches()) last.commands.put(process.group(1), process.group(2));
    else throw new IllegalStateException(line);
  }

  List<String> names() {
    return all.stream().map(Detector::name).toList();
  }

  /** Returns what would run in a folder; null if unknown. */
  public @Nullable Detection detect(Path folder) {
    return detect(new ProjectFolder(folder));
  }

  @Nullable Detection detect(ProjectFolder folder) {
    for (Detector detector : all) {
      var found = new HashMap<String, String>();
      if (detector.conditions.stream().allMatch(it -> it.isMet(folder, path, found))) {
        return detection(detector, folder, found);
      }
    }
    return null;
  }

  private Detection detection(Detector detector, ProjectFolder folder, Map<String, String> found) {
    var commands = new LinkedHashMap<String, String>();
    detector.commands.forEach((type, command) -> commands.put(type, fill(command, folder, found)));
    return new Detection(detector.name, commands, fill(detector.why.toString(), folder, found));
  }

  private String fill(String text, ProjectFolder folder, Map<String, String> found) {
    return NAME.matcher(text)
        .replaceAll(name -> Matcher.quoteReplacement(value(name, folder, found)));
  }

  private String value(MatchResult name, ProjectFolder folder, Map<String, String> found) {
    String word = name.group(1);
    if (word.equals("java")) return System.getProperty("java.home");
    String value = found.get(word);
    if (value != null) return value;
    return lets.stream()
        .filter(let -> let.name.equals(word))
        .filter(
            let -> let.conditions.stream().allMatch(it -> it.isMet(folder, path, new HashMap<>())))
        .map(Let::value)
        .findFirst()
        .map(it -> it.equals("nothing") ? "" : it + (it.endsWith("/") ? "" : " "))
        .orElseThrow(() -> new IllegalStateException("no value for " + name.group()));
  }
}
