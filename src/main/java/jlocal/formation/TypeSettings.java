package jlocal.formation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jlocal.os.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of one type have of their own.
 *
 * @param environment over all other variables
 * @param folder their working directory; null for the app's root
 * @param stopSignal asks them to end; null for SIGTERM
 * @param grace between that and SIGKILL; null for the app's
 */
public record TypeSettings(
    Map<String, String> environment,
    @Nullable Path folder,
    @Nullable Signal stopSignal,
    @Nullable Duration grace) {
  /** Nothing of their own. */
  public static final TypeSettings NONE = new TypeSettings(Map.of(), null, null, null);

  public TypeSettings {
    environment = Map.copyOf(environment);
  }
}
