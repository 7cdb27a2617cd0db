package jlocal.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.jline.jansi.Ansi;

/**
 * Assigns colours to sources. A process type has the colour of its place in the Procfile; after the
 * last colour the first follows.
 */
final class Palette {
  /**
   * Indexes of xterm's 256 colours, which themes do not change. Each has a contrast of at least 2.9
   * to white and to #1e1e1e; all differ as much as that allows, neighbours most.
   */
  static final List<Integer> COLORS =
      List.of(30, 136, 133, 34, 27, 202, 105, 95, 198, 160, 129, 201);

  /** Tinted greys, which keep jlocal's own lines in the background. */
  static final int MANAGER = 245;

  static final int ROUTER = 103;

  private final List<ProcessType> types;

  /**
   * @param types all types of the Procfile, in its order
   */
  Palette(List<ProcessType> types) {
    this.types = new ArrayList<>(types);
  }

  /** Returns the sequence that switches the source's colour on. */
  byte[] begin(Source source) {
    return bytes(new Ansi().fg(color(source)));
  }

  /** Returns the sequence that resets all colours. */
  static byte[] reset() {
    return bytes(new Ansi().reset());
  }

  private int color(Source source) {
    return switch (source) {
      case Source.Manager _ -> MANAGER;
      case Source.Router _ -> ROUTER;
      case Source.App(var name) -> COLORS.get(index(name.type()) % COLORS.size());
    };
  }

  private int index(ProcessType type) {
    if (!types.contains(type)) types.add(type);
    return types.indexOf(type);
  }

  private static byte[] bytes(Ansi sequence) {
    return sequence.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
