package jlocal.os;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start and where.
 *
 * @param argv the program and its arguments, passed as they are
 * @param directory the working directory
 * @param environment laid over the environment jlocal itself was given; null takes a name out
 * @param terminal the size of the terminal it gets; null for a pipe
 */
public record Launch(
    List<String> argv,
    Path directory,
    Map<String, @Nullable String> environment,
    @Nullable WindowSize terminal) {
  public Launch {
    argv = List.copyOf(argv);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Its output goes into a pipe. */
  public Launch(List<String> argv, Path directory, Map<String, @Nullable String> environment) {
    this(argv, directory, environment, null);
  }
}
