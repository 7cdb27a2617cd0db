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

/** The format of the log. */
public sealed interface LogFormat {
  /**
   * For people.
   *
   * @param color whether to colour prefixes and keep the children's colours
   * @param timestamp whether lines begin with the time of day
   * @param prefix whether lines begin with their source
   * @param raw whether output passes unchanged, control sequences included
   * @param fit how to show lines wider than the terminal, unless they are raw
   */
  record Text(boolean color, boolean timestamp, boolean prefix, boolean raw, LongLines fit)
      implements LogFormat {
    /** A format that leaves lines as they are. */
    public Text(boolean color, boolean timestamp, boolean prefix, boolean raw) {
      this(color, timestamp, prefix, raw, LongLines.LEAVE);
    }

    /** The default format: names, no time, no control sequences but colours. */
    public static Text plain(boolean color) {
      return new Text(color, false, true, false);
    }

    boolean fits() {
      return !raw && fit.mode() != LongLines.Mode.LEAVE;
    }
  }

  /** For programs: {@link JsonLines}. */
  record Json() implements LogFormat {}

  /**
   * Determines colours and the width of names.
   *
   * @param types all types of the Procfile, in its order
   * @param width of the widest name, in characters; grows when a longer name appears
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

    /**
     * Wide enough for the instances of an app and jlocal's own sources, as far as they are shown.
     */
    public static Names of(
        List<ProcessType> types, Set<InstanceName> instances, Predicate<Source> shown) {
      Stream<Source> apps = instances.stream().map(Source.App::new);
      var all = Stream.concat(apps, Stream.of(Source.MANAGER, Source.ROUTER));
      return of(types, all.filter(shown).toList());
    }
  }

  /**
   * Creates a sink that writes in this format. Lossless: blocks while the output is full.
   *
   * @param output written to by the hub's thread only, never closed; may be non-blocking
   * @param outputGone called once, on the hub's thread, when the output can no longer be written
   *     (its reader has gone); later text is dropped
   */
  default LogSink to(WritableByteChannel output, Names names, Runnable outputGone) {
    return switch (this) {
      case Text text -> new LogPainter(text, names, output, outputGone);
      case Json() -> new JsonLines(output, outputGone);
    };
  }
}
