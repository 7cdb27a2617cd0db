package jlocal.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the caller's
 * @param directory what relative file names are relative to; the empty path for the working
 *     directory, so that messages show files as the user named them
 */
record Context(Out out, Out err, Map<String, String> environment, Path directory) {
  Context {
    environment = Map.copyOf(environment);
  }
}
