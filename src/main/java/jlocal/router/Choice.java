package jlocal.router;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be done with a request now. */
sealed interface Choice {
  /** Send it to this instance. */
  record Go(Backend backend) implements Choice {}

  /** Let it wait for a change among the instances, at most so long; then ask again. */
  record Await(Duration atMost) implements Choice {}

  /** All that should be up refused the connection: ask again in a moment. */
  record Again() implements Choice {}

  /** Answer in the app's place; {@code about} is the instance to blame, if there is one. */
  record Refuse(Fault fault, @Nullable Standing about) implements Choice {}
}
