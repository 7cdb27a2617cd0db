package jlocal.process;

import java.time.Duration;
import java.util.Set;
import jlocal.procfile.ProcessType;

/**
 * When the app as a whole ends.
 *
 * @param canDie types whose end does not stop the others
 * @param impatient whether a crash loop ends the app, for lack of a person to mend it (CI)
 */
public record FatePolicy(OnExit onExit, Set<ProcessType> canDie, boolean impatient) {
  /** So many crashes of one instance … */
  public static final int CRASHES = 5;

  /** … within this time end an impatient app. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  public FatePolicy {
    canDie = Set.copyOf(canDie);
  }
}
