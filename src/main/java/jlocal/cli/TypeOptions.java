package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jlocal.formation.TypeSettings;
import jlocal.os.Signal;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * The settings of single types in the settings file: {@code env.web: A=1}, {@code dir.api:
 * backend}, {@code signal.worker: INT}, {@code stop-timeout.worker: 60}.
 */
final class TypeOptions {
  static final List<String> KEYS =
      List.of("env", "dir", "signal", "stop-timeout", MetricsOptions.KEY);

  private static final Set<String> OURS =
      Set.of("PORT", "DYNO", "PS", "FOREMAN_WORKER_NAME", "JLOCAL", "JLOCAL_ID");
  private static final List<String> SIGNALS = List.of("INT", "TERM", "QUIT", "HUP", "USR1", "USR2");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Path directory;
  private @Nullable Signal signal;
  private @Nullable Duration grace;

  private TypeOptions(Path folder) {
    this.folder = folder;
  }

  /** Whether a key concerns the processes of a type, so that a reload applies it. */
  static boolean isOfProcess(String key) {
    return KEYS.contains(key) && !key.equals(MetricsOptions.KEY);
  }

  /**
   * Returns the settings of each type that has any.
   *
   * @param entries of types in a settings file; the last one counts
   * @param folder of the file
   */
  static Map<ProcessType, TypeSettings> read(
      List<Settings.Entry> entries, Path folder, Consumer<Problem> problems) {
    var all = new LinkedHashMap<String, TypeOptions>();
    for (Settings.Entry entry : entries) {
      String[] key = entry.key().split("\\.", 2);
      if (!KEYS.contains(key[0])) continue;
      var options = all.computeIfAbsent(key[1], _ -> new TypeOptions(folder));
      try {
        options.set(key[0], entry.text());
      } catch (TypeConversionException invalid) {
        problems.accept(entry.origin().error(entry.key(), String.valueOf(invalid.getMessage())));
      }
    }
    var settings = new LinkedHashMap<ProcessType, TypeSettings>();
    all.forEach((name, it) ->
        settings.put(
            new ProcessType(name),
            new TypeSettings(it.environment, it.directory, it.signal, it.grace, 0)));
    return settings;
  }

  private void set(String key, String value) {
    switch (key) {
      case "env" -> variable(value);
      case "dir" -> {
        directory = folder.resolve(value).toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) throw Converters.invalid(value, "is not a folder");
      }
      case "signal" -> {
        String name = value.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (!SIGNALS.contains(name)) {
          throw Converters.invalid(value, "is not one of " + String.join(", ", SIGNALS));
        }
        signal = Signal.valueOf(name);
      }
      case MetricsOptions.KEY -> MetricsOptions.size(value); // only checked: MetricsOptions uses it
      default -> grace = Converters.seconds(value);
    }
  }

  /** Parses a variable. Values may be secrets: messages contain only the name. */
  private void variable(String assignment) {
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? "" : assignment.substring(0, equals).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw new TypeConversionException("it must be NAME=value");
    }
    if (OURS.contains(name)) {
      throw new TypeConversionException(
          Printable.of(name) + " is set by jlocal; for ports use --port");
    }
    environment.put(name, assignment.substring(equals + 1).strip());
  }
}
