package jlocal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jlocal.control.Request;

/** Shows the log of the running app. */
record LogsCommand(Body<LogsOptions> body) implements SubCommand<LogsOptions> {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d|)");
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]+(\\.[0-9]+)?");

  /** Who writes lines. */
  enum Writer {
    ALL,
    APP,
    ROUTER,
    MANAGER
  }

  static final Option<Boolean> TAIL =
      Option.once("-t, --tail", "go on with what comes, until Ctrl-C");
  static final Option<Integer> LINES =
      Option.valueOnce("-n, --num", Kind.number(0, 1_000_000), "100", "how many of the last lines");
  static final Option<List<String>> NAMES_OF =
      Option.valueOnce(
          "-p, --ps",
          new Kind<>("TYPE|TYPE.N,...", List.of(), (text, _) -> names(text)),
          "",
          "the same as the arguments, as Heroku says it");
  static final Option<Writer> SOURCE =
      Option.valueOnce("-s, --source", Kind.oneOf(Writer.class), "all", "only what this one wrote");
  static final Option<String> GREP =
      Option.valueOnce(
          "--grep",
          new Kind<>("REGEX", List.of(), (text, _) -> regex(text)),
          "",
          "only lines in which this is found");
  static final Option<Duration> SINCE =
      Option.valueOnce(
          "--since",
          new Kind<>("TIME", List.of(), (text, _) -> span(text)),
          "",
          "only lines not older than this: 30s, 5m, 2h");

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public String summary() {
    return "show the last lines of the running app's log, and with -t what comes";
  }

  @Override
  public Arguments arguments() {
    return Arguments.any("[TYPE | TYPE.N]...");
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("Which lines", List.of(TAIL, LINES, NAMES_OF, SOURCE, GREP, SINCE)),
        new Group("Output", List.of(LineOptions.COLOR, OrderOptions.JSON)),
        OrderOptions.APP,
        OtherOptions.group());
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("jlocal logs -t", "the last 100 lines, and what comes"),
        new Example("jlocal logs web worker.1", "what these wrote"),
        new Example("jlocal logs worker -n 1500 --grep ERROR", "what went wrong in the workers"));
  }

  @Override
  public LogsOptions read(Settings settings, List<String> words) {
    Writer writer = settings.get(SOURCE);
    var names = new ArrayList<>(settings.get(NAMES_OF));
    names.addAll(words);
    var lines =
        new Request.Lines(
            settings.get(LINES),
            List.copyOf(names),
            writer == Writer.ALL ? "" : writer.name().toLowerCase(Locale.ROOT),
            settings.get(GREP),
            settings.get(SINCE).toMillis());
    var request =
        new Request.Logs(settings.get(TAIL), lines, false, settings.get(OrderOptions.JSON));
    return new LogsOptions(AppOptions.from(settings), settings.get(LineOptions.COLOR), request);
  }

  private static List<String> names(String text) throws BadValue {
    var names = new ArrayList<String>();
    for (String name : text.split(",", -1)) {
      if (name.isBlank()) continue;
      if (!NAMES.matcher(name.strip()).matches()) {
        throw new BadValue("'" + name + "' is neither a type nor a process, such as web or web.1");
      }
      names.add(name.strip());
    }
    return names;
  }

  private static String regex(String text) throws BadValue {
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException e) {
      throw new BadValue("'" + text + "' is not a regular expression: " + e.getDescription());
    }
  }

  private static Duration span(String text) throws BadValue {
    if (text.isEmpty()) return Duration.ZERO;
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) throw new BadValue("'" + text + "' is not a time, such as 30s or 5m");
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
