package jlocal.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.formation.ProcessSpec;
import jlocal.os.Launch;
import jlocal.os.Shell;
import org.jspecify.annotations.Nullable;

/**
 * What all instances of an app share when they are started.
 *
 * @param root the app's root, their working directory
 * @param environment laid over the caller's environment before a spec's own; null takes a name out
 */
public record Workplace(Shell shell, Path root, Map<String, @Nullable String> environment) {
  public Workplace {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  Launch launch(ProcessSpec spec) {
    var all = new LinkedHashMap<String, @Nullable String>(environment);
    all.putAll(spec.environment());
    return new Launch(shell.argv(spec.command().line()), root, all);
  }
}
