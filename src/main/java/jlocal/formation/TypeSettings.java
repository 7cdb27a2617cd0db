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
 * @param servicePort where a backing service listens instead of at its PORT: there is one instance
 *     of it at most, and the app's terminal does not show its output; 0 for other types
 */
public record TypeSettings(
    Map<String, String> environment,
    @Nullable Path folder,
    @Nullable Signal stopSignal,
    @Nullable Duration grace,
    int servicePort) {
  /** Nothing of their own. */
  public static final TypeSettings NONE = new TypeSettings(Map.of(), null, null, null, 0);

  public TypeSettings {
    environment = Map.copyOf(environment);
  }

  /** Whether it is a server that other types need, such as a database, not one of the Procfile. */
  public boolean isService() {
    return servicePort != 0;
  }
}
