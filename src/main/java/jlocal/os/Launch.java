package jlocal.os;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to start, and its environment.
 *
 * @param argv the program and its arguments, passed unchanged
 * @param environment overlays jlocal's environment; null removes a variable
 * @param terminal the size of its terminal; null for a pipe
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

  /** Creates a launch with output to a pipe. */
  public Launch(List<String> argv, Path directory, Map<String, @Nullable String> environment) {
    this(argv, directory, environment, null);
  }
}
