package jlocal.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.jspecify.annotations.Nullable;

/**
 * The files to watch. Patterns are those of {@code .gitignore}: with a slash a path from the root,
 * without one a name at any depth; a folder includes all below it; {@code !} excludes.
 *
 * @param others patterns of the types that are not named, empty for all files; null if these types
 *     are not watched
 * @param byType patterns of the types that are named
 */
public record WatchPatterns(@Nullable List<String> others, Map<String, List<String>> byType) {
  /** The first path segment with a wildcard, and what follows. */
  private static final String WILD = "(^|/)[^/]*[*?\\[\\\\].*";

  /** Parses {@code on}, {@code PATTERN,...} and {@code TYPE=PATTERN,...}, in any order. */
  public static WatchPatterns of(List<String> words) {
    List<String> others = null;
    var byType = new LinkedHashMap<String, List<String>>();
    for (String word : words) {
      int sign = word.indexOf('=');
      List<String> patterns =
          Stream.of(word.substring(sign + 1).split(",", -1))
              .map(pattern -> pattern.strip().replaceFirst("^(!?)\\./", "$1/"))
              .filter(pattern -> !pattern.isEmpty())
              .toList();
      if (sign >= 0) {
        byType.computeIfAbsent(word.substring(0, sign), _ -> new ArrayList<>()).addAll(patterns);
      } else {
        if (others == null) others = new ArrayList<>();
        if (!word.equals("on")) others.addAll(patterns);
      }
    }
    return new WatchPatterns(others, byType);
  }

  /** Returns the files that concern a type; null if it is not watched. */
  @Nullable Predicate<String> of(String type) {
    List<String> patterns = byType.getOrDefault(type, others);
    if (patterns == null) return null;
    var rules = patterns.stream().map(FastIgnoreRule::new).toList();
    var excluded = rules.stream().filter(FastIgnoreRule::getNegation).toList();
    var included = rules.stream().filter(rule -> !rule.getNegation()).toList();
    return file ->
        (included.isEmpty() || included.stream().anyMatch(rule -> rule.isMatch(file, false, false)))
            && excluded.stream().noneMatch(rule -> rule.isMatch(file, false, false));
  }

  /**
   * Returns the files and folders that patterns name without a wildcard; these are never ignored.
   */
  List<String> paths() {
    var all = new ArrayList<String>();
    Stream.concat(Stream.ofNullable(others), byType.values().stream())
        .flatMap(List::stream)
        .filter(pattern -> !pattern.startsWith("!"))
        .map(pattern -> pattern.replaceFirst(WILD, "").replaceAll("^/|/$", ""))
        .filter(path -> !path.isEmpty())
        .forEach(all::add);
    return all;
  }
}
