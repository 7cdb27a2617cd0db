package jlocal.terminal;

import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;

/** How the log is written. */
public sealed interface LogForm {
  /**
   * For people.
   *
   * @param color whether prefixes have colours and the children's own are kept
   * @param timestamp whether each line begins with the time of day
   * @param prefix whether each line begins with who wrote it
   * @param raw whether what a child writes is let through as it is, control sequences included
   * @param fit what happens to lines wider than the terminal, unless they are raw
   */
  record Text(boolean color, boolean timestamp, boolean prefix, boolean raw, Fit fit)
      implements LogForm {
    /** Lines as long as they are. */
    public Text(boolean color, boolean timestamp, boolean prefix, boolean raw) {
      this(color, timestamp, prefix, raw, Fit.LEAVE);
    }

    /** The log as it is without options: names, no time, nothing that escapes its line. */
    public static Text plain(boolean color) {
      return new Text(color, false, true, false);
    }

    boolean fits() {
      return !raw && fit.mode() != Fit.Mode.LEAVE;
    }
  }

  /** For programs: {@link JsonLines}. */
  record Json() implements LogForm {}

  /**
   * What decides colours and the width of the names before the first line comes.
   *
   * @param types all types of the Procfile, in its order
   * @param width of the widest name, in characters; grows when a wider one begins to write
   */
  record Names(List<ProcessType> types, int width) {
    public Names {
      types = List.copyOf(types);
    }

    /** Wide enough for these sources. */
    static Names of(List<ProcessType> types, Collection<Source> sources) {
      return new Names(
          types, sources.stream().mapToInt(source -> source.toString().length()).max().orElse(0));
    }

    /** Wide enough for those of an app's instances and jlocal's own sources that are shown. */
    public static Names of(
        List<ProcessType> types, Set<InstanceName> instances, Predicate<Source> shown) {
      Stream<Source> apps = instances.stream().map(Source.App::new);
      var all = Stream.concat(apps, Stream.of(Source.MANAGER, Source.ROUTER));
      return of(types, all.filter(shown).toList());
    }
  }

  /**
   * A sink that writes in this form. Lossless: waits for the reader.
   *
   * @param output written to by the hub's thread only, never closed; may be in non-blocking mode
   * @param outputGone called once, on the hub's thread, when the output cannot be written any more
   *     (its reader has gone): what comes later is dropped
   */
  default LogSink to(WritableByteChannel output, Names names, Runnable outputGone) {
    return switch (this) {
      case Text text -> new LogPainter(text, names, output, outputGone);
      case Json() -> new JsonLines(output, outputGone);
    };
  }
}
