package jlocal.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import jlocal.formation.ProcessSpec;
import jlocal.os.CommandLookup;
import jlocal.os.Launch;
import jlocal.os.RunId;
import jlocal.os.Shell;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * The common properties of all processes of an app.
 *
 * @param root the app's root, their working directory
 * @param run marks every process, whatever the config vars
 * @param environment overlays the caller's environment, before a spec's own; null removes a
 *     variable
 * @param terminal supplies the size of each process's terminal; null if they get pipes
 */
public record LaunchContext(
    Shell shell,
    Path root,
    RunId run,
    Map<String, @Nullable String> environment,
    @Nullable Supplier<WindowSize> terminal) {
  public LaunchContext {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  private Path folder(ProcessSpec spec) {
    return Objects.requireNonNullElse(spec.own().folder(), root);
  }

  /** Returns a copy with a terminal for each process. */
  public LaunchContext withTerminals(Supplier<WindowSize> size) {
    return new LaunchContext(shell, root, run, environment, size);
  }

  /** Returns why the shell did not find the command of an instance; null if it exists. */
  @Nullable String missing(ProcessSpec spec) {
    String path = spec.environment().getOrDefault("PATH", System.getenv("PATH"));
    return path == null ? null : CommandLookup.missing(spec.command().line(), folder(spec), path);
  }

  /** Returns how to start an instance. */
  public Launch launch(ProcessSpec spec) {
    var all = new LinkedHashMap<String, @Nullable String>(environment);
    all.putAll(spec.environment());
    all.put(RunId.VARIABLE, run.toString());
    WindowSize size = terminal == null ? null : terminal.get();
    List<String> argv = shell.argv(spec.command().line());
    if (all.containsKey(NotifySockets.WATCHDOG)) argv = Shell.withPid("WATCHDOG_PID", argv);
    return new Launch(argv, folder(spec), all, size);
  }
}
