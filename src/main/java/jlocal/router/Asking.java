package jlocal.router;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request's question for an instance: what it has tried, and how long it has waited. */
final class Asking {
  private final Target target;
  private final @Nullable String preferred;
  private Set<Backend> refused = Set.of();
  private Duration waited = Duration.ZERO;

  /**
   * @param preferred label of the instance that a sticky client had before
   */
  Asking(Target target, @Nullable String preferred) {
    this.target = target;
    this.preferred = preferred;
  }

  Target target() {
    return target;
  }

  @Nullable String preferred() {
    return preferred;
  }

  Duration waited() {
    return waited;
  }

  boolean wasRefusedBy(Backend backend) {
    return !refused.isEmpty() && refused.contains(backend);
  }

  void refusedBy(Backend backend) {
    if (refused.isEmpty()) refused = new HashSet<>();
    refused.add(backend);
  }

  /** A new round: those that refused may have come back since. */
  void again(Duration waitedSoFar) {
    refused = Set.of();
    waited = waitedSoFar;
  }
}
