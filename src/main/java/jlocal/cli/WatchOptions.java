package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.app.AppPlan;
import jlocal.app.AppPlan.Feature;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.procfile.Procfile;
import jlocal.watch.Watch;
import jlocal.watch.WatchPatterns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The files that {@code start --watch} watches. */
record WatchOptions(Values values) {
  static final String WATCH = "--watch";

  private static final String ON = "on";
  private static final String OFF = "off";

  /** Matches values of {@code --watch}; {@code web} and {@code web=2} are types. */
  private static final Pattern VALUE =
      Pattern.compile(".*[*/!].*|[A-Za-z0-9_-]+=(?![0-9]+$).+", Pattern.DOTALL);

  static OptionSpec option() {
    var option =
        OptionSpec.builder(WATCH)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex("\\s+")
            .hideParamSyntax(true)
            .converters(WatchOptions::word)
            .paramLabel("[TYPE=]PATTERN,...");
    return Options.setting(option, ON, "--no-watch", OFF);
  }

  static boolean isValue(String word) {
    return VALUE.matcher(word).matches();
  }

  private static String word(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes", "1" -> ON;
      case "off", "false", "no", "0" -> OFF;
      default -> text;
    };
  }

  /** Returns {@code on}, {@code PATTERN,...} and {@code TYPE=PATTERN,...}; empty for no watch. */
  List<String> words() {
    return afterOff(values.list(WATCH));
  }

  private static List<String> afterOff(List<String> words) {
    return words.subList(words.lastIndexOf(OFF) + 1, words.size());
  }

  /** Returns the patterns, read again if they are from the settings file. */
  private WatchPatterns patterns() {
    if (!(values.origin(WATCH) instanceof Origin.Line)) return WatchPatterns.of(words());
    var file = SettingsFile.in(values.appFolder());
    Stream<Settings.Entry> entries = file == null ? Stream.of() : file.value().stream();
    String text =
        entries
            .filter(entry -> entry.key().equals(Options.key(option())))
            .map(Settings.Entry::text)
            .findFirst()
            .orElse("");
    return WatchPatterns.of(
        afterOff(
            Stream.of(text.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(WatchOptions::word)
                .toList()));
  }

  /** Returns an error for each type that does not exist. */
  List<Problem> problems(Procfile procfile) {
    if (words().isEmpty()) return List.of();
    return WatchPatterns.of(words()).byType().keySet().stream()
        .filter(type -> !procfile.commands().containsKey(type))
        .map(type -> procfile.noSuchType(type, WATCH))
        .toList();
  }

  /** Starts the watch; null if nothing is watched. */
  @Nullable Feature feature(PlanRequest.App app, Planner planner, AppPlan.@Nullable Files logs) {
    if (words().isEmpty()) return null;
    return running -> {
      Path root = real(app.root());
      Path folder = values.appFolder();
      Stream<Path> own =
          Stream.concat(
              Stream.of(app.procfile()), SettingsFile.FILES.stream().map(folder::resolve));
      Stream<Path> env =
          app.envFiles().isEmpty() ? Stream.of(root.resolve(".env")) : app.envFiles().stream();
      var plan =
          new Watch.Plan(
              root,
              Stream.concat(own, env).flatMap(WatchOptions::names).collect(Collectors.toSet()),
              logs == null ? null : real(logs.folder()),
              this::patterns,
              () -> planner.reread().value());
      Watch.start(plan, running.orders(), running.say());
    };
  }

  /** Returns a file in its real folder, and the target if it is a link. */
  private static Stream<Path> names(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) return Stream.of();
    Path name = folder.relativize(file.toAbsolutePath().normalize());
    return Stream.of(real(folder).resolve(name), real(file));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      return path.toAbsolutePath().normalize(); // It does not exist yet.
    }
  }
}
