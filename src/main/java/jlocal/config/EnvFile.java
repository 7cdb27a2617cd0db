package jlocal.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An env file behind dotenv-java's interface. Unlike that library's own reader it keeps the file's
 * order and lines, and never mixes in the environment of jlocal itself.
 */
public final class EnvFile implements Dotenv {
  private final String shownAs;
  private final List<EnvEntry> assignments;
  private final SequencedMap<String, EnvEntry> last = new LinkedHashMap<>();

  EnvFile(String shownAs, List<EnvEntry> assignments) {
    this.shownAs = shownAs;
    this.assignments = List.copyOf(assignments);
    for (EnvEntry entry : assignments) last.put(entry.getKey(), entry);
  }

  /** The file as the user named it. */
  public String shownAs() {
    return shownAs;
  }

  /** Every assignment in file order, those overridden later included. */
  public List<EnvEntry> assignments() {
    return assignments;
  }

  /** The variables in the order of their first assignment, each with its last value. */
  @Override
  public Set<DotenvEntry> entries() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(last.sequencedValues()));
  }

  /** The same: nothing but the file is ever in here. */
  @Override
  public Set<DotenvEntry> entries(Filter filter) {
    return entries();
  }

  /** The value in the file, or null. */
  @Override
  public @Nullable String get(String name) {
    EnvEntry entry = last.get(name);
    return entry == null ? null : entry.getValue();
  }

  @Override
  public String get(String name, String otherwise) {
    return Objects.requireNonNullElse(get(name), otherwise);
  }
}
