package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.app.AppPlan.Feature;
import jlocal.json.JsonFields;
import jlocal.metrics.MemoryQuota;
import jlocal.metrics.Metrics;
import jlocal.problem.Problem;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The meaning of {@code start --memory} and {@code --log-metrics}.
 *
 * @param root the folder of {@code app.json}
 */
record MetricsOptions(Values values, Path root) {
  /** The key in the settings file, followed by a type: {@code memory.web: 512M}. */
  static final String KEY = "memory";

  static final String NAMES = "--memory and --log-metrics";

  private static final String MEMORY = "--memory";
  private static final String LOG = "--log-metrics";
  private static final String APP_JSON = "app.json";
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  static OptionSpec memoryOption() {
    return Options.setting(Options.list(MetricsOptions::item, "[TYPE=]SIZE,...", MEMORY));
  }

  static OptionSpec logOption() {
    return Options.switchSetting(LOG, false);
  }

  /** Checks {@code 512M}, {@code web=512M}, {@code web=standard-2x} or {@code app.json}. */
  private static @Nullable String item(String text) {
    String item = text.strip();
    if (item.isEmpty() || item.equals(APP_JSON)) return item.isEmpty() ? null : item;
    int sign = item.indexOf('=');
    if (sign >= 0) Converters.type(item.substring(0, sign));
    MemoryQuota _ = size(item.substring(sign + 1).strip());
    return item;
  }

  static MemoryQuota size(String text) {
    MemoryQuota quota = MemoryQuota.of(text);
    if (quota != null) return quota;
    String what = "is not a size, such as 512M, 1G or a dyno size: eco, basic, standard-1x, …";
    throw Converters.invalid(text, what);
  }

  /** Returns problems: types that do not exist, and errors in app.json if its sizes are used. */
  List<Problem> problems(Procfile procfile) {
    var problems = new ArrayList<Problem>();
    for (String item : values.<String>list(MEMORY)) {
      String type = item.substring(0, Math.max(0, item.indexOf('='))).strip();
      boolean isKnown = type.isEmpty() || procfile.commands().containsKey(type);
      if (!isKnown) problems.add(procfile.noSuchType(type, MEMORY));
    }
    var _ = quotas(ofTypes(), problems);
    return problems;
  }

  /** Whether a command measures processes. */
  static boolean isOn(Values values, Path root) {
    if (!values.has(LOG)) return false;
    var options = new MetricsOptions(values, root);
    return values.is(LOG) || !options.quotas(options.ofTypes(), new ArrayList<>()).isEmpty();
  }

  /** Measures the processes; null if not requested. */
  @Nullable Feature feature() {
    if (!isOn(values, root)) return null;
    return running -> {
      var definition = running.inside().definition();
      var plan =
          new Metrics.Plan(
              () -> quotas(definition.get().settings().beside(), new ArrayList<>()),
              values.is(LOG),
              INTERVAL);
      Metrics.start(plan, running);
    };
  }

  /** Returns the settings of single types, by key. */
  SequencedMap<String, String> ofTypes() {
    var ofTypes = new LinkedHashMap<String, String>();
    for (Settings.Entry entry : values.ofTypes()) {
      if (entry.key().startsWith(KEY + ".")) ofTypes.put(entry.key(), entry.text());
    }
    return ofTypes;
  }

  /** Returns the quotas by type. The last value counts, and single types override options. */
  Map<String, MemoryQuota> quotas(SequencedMap<String, String> ofTypes, List<Problem> problems) {
    var quotas = new LinkedHashMap<String, MemoryQuota>();
    List<String> items = values.list(MEMORY);
    if (items.contains(APP_JSON)) quotas.putAll(ofAppJson(problems));
    ofTypes.forEach((key, text) -> quotas.put(key.substring(KEY.length() + 1), size(text)));
    for (String item : items) {
      int sign = item.indexOf('=');
      if (item.equals(APP_JSON)) continue;
      quotas.put(item.substring(0, Math.max(0, sign)), size(item.substring(sign + 1).strip()));
    }
    return quotas;
  }

  /** Returns the sizes of the formation; adds problems. */
  private Map<String, MemoryQuota> ofAppJson(List<Problem> problems) {
    var quotas = new LinkedHashMap<String, MemoryQuota>();
    Path file = root.resolve(APP_JSON);
    try {
      var formation = JsonFields.read(Files.readString(file)).object("formation");
      for (String type : formation.values().keySet()) {
        JsonFields dyno = formation.object(type);
        if (!dyno.has("size")) continue;
        String size = dyno.text("size");
        MemoryQuota quota = MemoryQuota.of(size);
        if (quota != null) quotas.put(type, quota);
        else problems.add(wrong(file, "'%s' of %s is not a dyno size".formatted(size, type)));
      }
      if (quotas.isEmpty()) problems.add(wrong(file, "it has no size in its formation"));
    } catch (JsonFields.Malformed malformed) {
      problems.add(wrong(file, String.valueOf(malformed.getMessage())));
    } catch (IOException _) {
      problems.add(wrong(file, "cannot be read"));
    }
    return quotas;
  }

  private static Problem wrong(Path file, String what) {
    return Problem.error(file.toString(), 0, "--memory app.json: " + what);
  }
}
