package jlocal.app;

import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.json.JsonFields;
import jlocal.logs.Grep;
import jlocal.logs.LogSink;
import jlocal.logs.LogSnapshot;
import jlocal.logs.Source;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogFormat;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code jlocal logs}.
 *
 * @param tail whether to follow the log
 * @param lines the maximum number of kept lines
 * @param names only these types or instances; all if empty
 * @param source {@code app}, {@code router} or {@code manager}; empty for all
 * @param grep only lines that match; null for all
 * @param age the maximum age of kept lines, in milliseconds; 0 for any age
 */
public record LogQuery(
    boolean tail,
    int lines,
    List<String> names,
    String source,
    @Nullable Pattern grep,
    long age,
    LogFormat form) {
  private static final List<String> OURS =
      List.of(Source.MANAGER.toString(), Source.ROUTER.toString());

  /** Reads the arguments of the request {@code logs}. */
  public static LogQuery of(JsonFields request) {
    String grep = request.text("grep");
    return new LogQuery(
        request.flag("tail"),
        request.small("lines"),
        request.texts("names"),
        request.text("source"),
        grep.isEmpty() ? null : Pattern.compile(grep),
        request.whole("since"),
        request.flag("json") ? new LogFormat.Json() : text(request));
  }

  private static LogFormat text(JsonFields request) {
    boolean timestamp = request.has("timestamp") && request.flag("timestamp");
    return new LogFormat.Text(request.flag("color"), timestamp, true, false);
  }

  /** Whether it asks for lines of this source. */
  public boolean wants(Source from) {
    return switch (from) {
      case Source.App(var name) ->
          (source.isEmpty() || source.equals("app")) && (names.isEmpty() || names(name));
      case Source.Manager _, Source.Router _ ->
          source.equals(from.toString())
              || (source.isEmpty() && (names.isEmpty() || names.contains(from.toString())));
    };
  }

  private boolean names(InstanceName name) {
    return names.contains(name.toString()) || names.contains(name.type().name());
  }

  /** Returns a problem for the first name that the app does not have; null if there is none. */
  public @Nullable Problem unknownName(Collection<String> types) {
    for (String name : names) {
      if (OURS.contains(name) || types.contains(name.replaceFirst("\\.[0-9]+$", ""))) continue;
      List<String> known = Stream.concat(types.stream(), OURS.stream()).toList();
      String meant = Nearest.hint(name, known);
      var problem = Problem.error("there is no '" + Printable.of(name) + "' in this app" + meant);
      return meant.isEmpty() ? problem.hint("there are " + String.join(", ", known)) : problem;
    }
    return null;
  }

  /**
   * Returns a writer for the selected lines.
   *
   * @param outputGone called when they have no reader any more
   */
  public Screen screen(
      List<ProcessType> types,
      Set<InstanceName> instances,
      WritableByteChannel out,
      Runnable outputGone) {
    var names = LogFormat.Names.of(types, instances, this::wants);
    LogSink all = form.to(out, names, outputGone);
    return new Screen(this, all, grep == null ? all : new Grep(grep, all));
  }

  /**
   * Writes the selected lines.
   *
   * @param all writes every line
   * @param found writes the lines that match {@code grep}
   */
  public record Screen(LogQuery query, LogSink all, LogSink found) {
    /** Writes the last kept lines. */
    public void write(LogSnapshot kept) {
      long since = query.age == 0 ? 0 : System.currentTimeMillis() - query.age;
      kept.replay(since, query.lines, query.grep, all, found);
    }
  }
}
