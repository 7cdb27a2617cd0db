package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import jlocal.control.ControlClient;
import jlocal.control.Request;
import jlocal.json.JsonFields;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.terminal.When;
import org.jspecify.annotations.Nullable;

/** Shows the log of the running app, or of an earlier run. */
final class LogsCommand extends RunningAppCommand {
  private static final String RUN = "--run";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[0-9]+)?");

  /** The source of the shown lines. */
  enum Source {
    ALL,
    APP,
    ROUTER,
    MANAGER
  }

  LogsCommand() {
    super("logs");
    takes("[TYPE | TYPE.N]...");
  }

  @Override
  List<OptionGroup> ownOptions() {
    return List.of(
        new OptionGroup(
            "Which lines",
            Options.flag("-t", "--tail"),
            Options.number(0, 1_000_000, "-n", "--num").defaultValue("100").build(),
            Options.list(LogsCommand::name, "TYPE|TYPE.N,...", "-p", "--ps").build(),
            Options.choice(Source.class, "-s", "--source").defaultValue("all").build(),
            Options.option(String.class, LogsCommand::regex, "REGEX", "--grep")
                .defaultValue("")
                .build(),
            Options.option(Duration.class, Converters::span, "TIME", "--since")
                .defaultValue("0")
                .build(),
            Options.number(1, 1_000_000, RUN).build(),
            LogOptions.colorOption(),
            Options.switchSetting(LogOptions.TIMESTAMP, false),
            Options.flag(Options.JSON)));
  }

  @Override
  int ask(AppClient app, Values values, Context context) throws IOException {
    Request request = request(values, context);
    var runs = new EarlierRuns(AppOptions.from(values).files().key(), context);
    if (values.isGiven(RUN)) return runs.show(values.<Integer>get(RUN), request, app::notRunning);
    return app.question(
        request,
        (_, client) -> copy(client, context.out()),
        () -> runs.show(1, request, app::notRunning));
  }

  private static Request request(Values values, Context context) {
    Source source = values.get("--source");
    var names = new ArrayList<String>(values.list("--ps"));
    names.addAll(values.arguments());
    When mode = values.get(LogOptions.COLOR);
    var arguments =
        JsonFields.of(
            "tail", values.is("--tail"),
            "lines", values.<Integer>get("--num"),
            "names", names,
            "source", source == Source.ALL ? "" : source.name().toLowerCase(Locale.ROOT),
            "grep", values.<String>get("--grep"),
            "since", values.<Duration>get("--since").toMillis(),
            "color", mode.colors(context.environment(), Terminal.is(Stream.OUT)),
            "timestamp", values.is(LogOptions.TIMESTAMP),
            "json", values.is(Options.JSON));
    return new Request("logs", arguments);
  }

  private static int copy(ControlClient client, Out out) throws IOException {
    client.copyTo(out.bytes().get());
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
}
