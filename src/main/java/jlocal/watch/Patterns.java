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
 * Which files were asked for. A pattern is one of {@code .gitignore}: with a slash it is a path
 * from the root, without one a name at any depth; a folder means all below it; {@code !} leaves
 * out.
 *
 * @param others of the types that are not named, none for all files; null when these types are not
 *     watched
 * @param byType of the types that are named
 */
public record Patterns(@Nullable List<String> others, Map<String, List<String>> byType) {
  /** The first part of a path with a wildcard in it, and what follows. */
  private static final String WILD = "(^|/)[^/]*[*?\\[\\\\].*";

  /** Of {@code on}, {@code PATTERN,...} and {@code TYPE=PATTERN,...}, in any order. */
  public static Patterns of(List<String> words) {
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
    return new Patterns(others, byType);
  }

  /** The files that concern a type; null when it is not watched. */
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

  /** The folders or files that patterns name without a wildcard: they are never ignored. */
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
