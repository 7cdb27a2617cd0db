package jlocal.detect;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.os.CommandLookup;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a detector: {@code FILE|FILE has REGEX}; all but the first part is optional.
 *
 * @param negated whether it must not be met
 * @param files one of them must exist; {@code *} matches any name, if just one file matches
 * @param content must be found in the file; null for any
 */
record DetectorCondition(boolean negated, List<String> files, @Nullable Pattern content) {
  private static final String PROGRAM = "program ";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./-]*");

  static DetectorCondition of(String text) {
    boolean negated = text.startsWith("not ");
    String[] parts = (negated ? text.substring(4) : text).split(" has ", 2);
    Pattern content = parts.length < 2 ? null : Pattern.compile(parts[1]);
    return new DetectorCondition(negated, List.of(parts[0].split("\\|")), content);
  }

  /**
   * Whether it is met.
   *
   * @param path the PATH to search for programs
   * @param found receives values for the detector's texts: the file, its module, groups
   */
  boolean isMet(ProjectFolder folder, String path, Map<String, String> found) {
    return negated != files.stream().anyMatch(file -> isMet(file, folder, path, found));
  }

  private boolean isMet(String file, ProjectFolder folder, String path, Map<String, String> found) {
    if (file.startsWith(PROGRAM)) {
      return CommandLookup.inPath(file.substring(PROGRAM.length()), path).findAny().isPresent();
    }
    if (content == null && !file.contains("#")) {
      List<String> matching = folder.matching(file);
      if (matching.size() == 1) remember(matching.getFirst(), found);
      return matching.size() == 1;
    }
    List<String> names = file.contains("*") ? folder.matching(file) : List.of(file);
    for (String name : names) {
      String text = folder.text(name);
      if (text == null) continue;
      Matcher matcher = content == null ? null : content.matcher(text);
      if (matcher != null && !matcher.find()) continue;
      remember(name, found);
      if (matcher == null || matcher.groupCount() == 0) return true;
      String group = matcher.group(1);
      if (group == null || !SAFE.matcher(group).matches()) continue;
      found.put("1", group);
      return true;
    }
    return false;
  }

  private static void remember(String file, Map<String, String> found) {
    int dot = file.lastIndexOf('.');
    found.put("file", file);
    found.put("module", (dot < 0 ? file : file.substring(0, dot)).replace('/', '.'));
    found.put("folder", file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : ".");
  }
}
