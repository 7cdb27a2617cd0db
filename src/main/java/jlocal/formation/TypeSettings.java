package jlocal.formation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jlocal.os.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one process type.
 *
 * @param environment overrides all other variables
 * @param folder the working directory; null for the app's root
 * @param stopSignal the signal to stop its processes; null for SIGTERM
 * @param grace the time until SIGKILL follows; null for the app's default
 * @param servicePort the port of a backing service instead of a PORT; such a type has at most one
 *     instance, and the terminal does not show its output. 0 for other types
 */
public record TypeSettings(
    Map<String, String> environment,
    @Nullable Path folder,
    @Nullable Signal stopSignal,
    @Nullable Duration grace,
    int servicePort) {
  /** No settings. */
  public static final TypeSettings NONE = new TypeSettings(Map.of(), null, null, null, 0);

  public TypeSettings {
    environment = Map.copyOf(environment);
  }

  /** Whether it is a server beside the Procfile that other types need, such as a database. */
  public boolean isService() {
    return servicePort != 0;
  }
}
