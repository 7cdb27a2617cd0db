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
 * What the env files give to every process of the app.
 *
 * @param byName in the order of first assignment over all files
 */
public record ConfigVars(SequencedMap<String, ConfigVar> byName) {
  /** Heroku's article "Configuration and Config Vars". */
  private static final Pattern UNFIT = Pattern.compile("__|HEROKU_");

  public static final ConfigVars NONE = new ConfigVars(new LinkedHashMap<>());

  public ConfigVars {
    byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
  }

  /** The variables of all files together; of two with one name the later wins. */
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

  /** The value, or null when there is no such variable. */
  public @Nullable String value(String name) {
    ConfigVar found = byName.get(name);
    return found == null ? null : found.value();
  }

  /** Names and values, to be laid over the shell's environment. */
  public SequencedMap<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    byName.forEach((name, found) -> values.put(name, found.value()));
    return Collections.unmodifiableSequencedMap(values);
  }

  /** The names that are no identifiers, which some shells drop. */
  public List<String> oddNames() {
    return byName.sequencedValues().stream()
        .filter(found -> !found.isShellName())
        .map(ConfigVar::name)
        .toList();
  }

  /**
   * A warning for each variable that commands will not see because their shell drops it.
   *
   * @param shell as shown to the user, {@code /bin/sh}
   * @param names those it drops
   */
  public List<Problem> hiddenBy(String shell, Set<String> names) {
    return byName.sequencedValues().stream()
        .filter(found -> names.contains(found.name()))
        .map(found -> EnvProblems.hiddenBy(shell, found.file(), found.line(), found.name()))
        .toList();
  }

  /** A warning for each variable that Heroku itself would not take, or sets itself. */
  public List<Problem> unfitForHeroku() {
    return byName.sequencedValues().stream()
        .filter(found -> UNFIT.matcher(found.name()).lookingAt())
        .map(found -> EnvProblems.unfitForHeroku(found.file(), found.line(), found.name()))
        .toList();
  }

  /** Names only: a value may be a secret. */
  @Override
  public String toString() {
    return byName.sequencedKeySet().toString();
  }
}
