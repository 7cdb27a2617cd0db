package jlocal.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The config vars that every process of the app gets.
 *
 * @param byName in the order of first assignment over all files
 */
public record ConfigVars(SequencedMap<String, ConfigVar> byName) {
  /** From Heroku's article "Configuration and Config Vars". */
  private static final Pattern REJECTED_BY_HEROKU = Pattern.compile("__|HEROKU_");

  public static final ConfigVars NONE = new ConfigVars(new LinkedHashMap<>());

  public ConfigVars {
    byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
  }

  /** Merges the variables of files; later ones override earlier ones. */
  static ConfigVars of(Collection<EnvFile> files) {
    var byName = new LinkedHashMap<String, ConfigVar>();
    for (EnvFile file : files) {
      for (EnvFile.Assignment entry : file.assignments()) {
        String name = entry.name();
        ConfigVar shadowed = byName.get(name);
        byName.put(
            name, new ConfigVar(name, entry.value(), file.shownAs(), entry.line(), shadowed));
      }
    }
    return new ConfigVars(byName);
  }

  /** Returns a variable's value, or null if it is not set. */
  public @Nullable String value(String name) {
    ConfigVar found = byName.get(name);
    return found == null ? null : found.value();
  }

  /** Returns names and values, which overlay the caller's environment. */
  public SequencedMap<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    byName.forEach((name, found) -> values.put(name, found.value()));
    return Collections.unmodifiableSequencedMap(values);
  }

  /** Returns the names that are not identifiers, which some shells drop. */
  public List<String> oddNames() {
    return byName.sequencedValues().stream()
        .filter(found -> !found.isShellName())
        .map(ConfigVar::name)
        .toList();
  }

  /**
   * Returns a warning for each variable that the shell does not pass on.
   *
   * @param shell as shown to the user, {@code /bin/sh}
   * @param names the variables it drops
   */
  public List<Problem> hiddenBy(String shell, Set<String> names) {
    return byName.sequencedValues().stream()
        .filter(found -> names.contains(found.name()))
        .map(found -> EnvProblems.hiddenBy(shell, found.file(), found.line(), found.name()))
        .toList();
  }

  /** Returns a warning for each variable that Heroku does not accept or sets itself. */
  public List<Problem> unfitForHeroku() {
    return byName.sequencedValues().stream()
        .filter(found -> REJECTED_BY_HEROKU.matcher(found.name()).lookingAt())
        .map(found -> EnvProblems.unfitForHeroku(found.file(), found.line(), found.name()))
        .toList();
  }

  /** Only names: a value may be a secret. */
  @Override
  public String toString() {
    return byName.sequencedKeySet().toString();
  }
}
