package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jlocal.control.ControlClient;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.terminal.ColorMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Shows the log of the running app. */
final class LogsCommand extends RunningAppCommand {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d|)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[0-9]+)?");

  /** Whose lines are shown. */
  enum Source {
    ALL,
    APP,
    ROUTER,
    MANAGER
  }

  LogsCommand() {
    super("show the last lines of the running app's log, and with -t what comes", "logs");
  }

  @Override
  OptionGroup ownOptions() {
    return new OptionGroup(
        "Which lines",
        List.of(
            Options.flag("-t, --tail", "go on with what comes, until Ctrl-C").build(),
            Options.number(OptionSpec.builder("-n", "--num"), 0, 1_000_000)
                .defaultValue("100")
                .description("how many of the last lines (default: 100)")
                .build(),
            Options.list(OptionSpec.builder("-p", "--ps"), LogsCommand::name)
                .paramLabel("TYPE|TYPE.N,...")
                .description("the same as the arguments, as Heroku says it")
                .build(),
            Options.choice(OptionSpec.builder("-s", "--source"), Source.class)
                .defaultValue("all")
                .description("only the lines of this source (default: all)")
                .build(),
            OptionSpec.builder("--grep")
                .type(String.class)
                .converters(LogsCommand::regex)
                .paramLabel("REGEX")
                .defaultValue("")
                .description("only lines in which this is found")
                .build(),
            OptionSpec.builder("--since")
                .type(Duration.class)
                .converters(LogsCommand::span)
                .paramLabel("TIME")
                .defaultValue("0")
                .description("only lines not older than this: 30s, 5m, 2h")
                .build(),
            LogOptions.colorOption(),
            Options.json()));
  }

  @Override
  PositionalParamSpec arguments() {
    return words("[TYPE | TYPE.N]...");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("jlocal logs -t", "the last 100 lines, and what comes"),
        new Example("jlocal logs web worker.1", "what these wrote"),
        new Example("jlocal logs worker -n 1500 --grep ERROR", "what went wrong in the workers"));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    Source source = values.get("--source");
    var names = new ArrayList<String>(values.list("--ps"));
    names.addAll(values.arguments());
    ColorMode mode = values.get(LogOptions.COLOR);
    var request =
        Request.of(
            "logs",
            "tail",
            values.is("--tail"),
            "lines",
            values.<Integer>get("--num"),
            "names",
            names,
            "source",
            source == Source.ALL ? "" : source.name().toLowerCase(Locale.ROOT),
            "grep",
            values.<String>get("--grep"),
            "since",
            values.<Duration>get("--since").toMillis(),
            "color",
            mode.colors(context.environment(), Terminal.is(Stream.OUT)),
            "json",
            values.is(Options.JSON));
    return app.question(request, (_, client) -> copy(client));
  }

  private static int copy(ControlClient client) throws IOException {
    WritableByteChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
    client.copyTo(out);
    return ExitCode.DONE.status();
  }

  private static @Nullable String name(String text) {
    if (text.isBlank()) return null;
    if (NAME.matcher(text.strip()).matches()) return text.strip();
    throw Converters.invalid(text, "is neither a type nor a process, such as web or web.1");
  }

  private static String regex(String text) {
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException e) {
      throw Converters.invalid(text, "is not a regular expression: " + e.getDescription());
    }
  }

  private static Duration span(String text) {
    if (text.isEmpty()) return Duration.ZERO;
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) throw Converters.invalid(text, "is not a time, such as 30s or 5m");
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
