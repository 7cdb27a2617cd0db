package jlocal.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.jline.jansi.Ansi;

/**
 * Who is painted in which colour: a process type keeps the colour of its place in the Procfile.
 * After the last colour the first one comes again.
 */
final class Palette {
  /**
   * Indexes of xterm's 256 colours, which no theme changes. All have a contrast of at least 2.9 to
   * white as well as to #1e1e1e, and are as far from each other as that allows; neighbours most.
   */
  static final List<Integer> COLORS =
      List.of(30, 136, 133, 34, 27, 202, 105, 95, 198, 160, 129, 201);

  /** Greys with a tint of blue and brown: jlocal's own lines stay in the background. */
  static final int MANAGER = 245;

  static final int ROUTER = 103;

  private final List<ProcessType> types;

  /**
   * @param types all of the Procfile, in its order
   */
  Palette(List<ProcessType> types) {
    this.types = new ArrayList<>(types);
  }

  /** What switches the source's colour on. */
  byte[] on(Source source) {
    return bytes(new Ansi().fg(color(source)));
  }

  /** What switches all colours off. */
  static byte[] off() {
    return bytes(new Ansi().reset());
  }

  private int color(Source source) {
    return switch (source) {
      case Source.Manager _ -> MANAGER;
      case Source.Router _ -> ROUTER;
      case Source.App(var name) -> COLORS.get(place(name.type()) % COLORS.size());
    };
  }

  private int place(ProcessType type) {
    if (!types.contains(type)) types.add(type);
    return types.indexOf(type);
  }

  private static byte[] bytes(Ansi sequence) {
    return sequence.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
