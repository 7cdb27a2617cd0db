package jlocal.app;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jlocal.ansi.AnsiText;
import jlocal.formation.InstanceName;
import jlocal.formation.Readiness;
import jlocal.formation.StartOrder;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;

/** Searches the output of instances for the line that shows that they are ready. */
final class ReadyLines implements LogSink {
  private final Consumer<InstanceName> found;
  private final Set<Source> done = new HashSet<>();
  private volatile Map<ProcessType, Pattern> wanted = Map.of();

  /** {@code found} is called once per process. */
  ReadyLines(Consumer<InstanceName> found) {
    this.found = found;
  }

  /** Sets the lines to search for; returns whether there are any. Any thread. */
  boolean lookFor(StartOrder order) {
    var patterns = new HashMap<ProcessType, Pattern>();
    order
        .rules()
        .forEach((type, rule) -> {
          if (rule.readiness() instanceof Readiness.LogLine(var regex)) {
            patterns.put(type, Pattern.compile(regex));
          }
        });
    wanted = patterns;
    return !patterns.isEmpty();
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    if (!(source instanceof Source.App(var name)) || done.contains(source)) return;
    Pattern pattern = wanted.get(name.type());
    if (pattern == null) return;
    ByteBuffer rest = wholeLines.duplicate();
    while (rest.hasRemaining()) {
      int end = rest.position();
      while (end < rest.limit() && rest.get(end) != '\n') end++;
      String line = AnsiText.plain(rest.slice(rest.position(), end - rest.position()));
      if (pattern.matcher(line).find()) {
        done.add(source);
        found.accept(name);
        return;
      }
      rest.position(Math.min(end + 1, rest.limit()));
    }
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    lines(source, piece);
  }

  @Override
  public void ended(Source source) {
    done.remove(source);
  }

  @Override
  public void flush() {}
}
