package jlocal.control;

import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/** The lines that a client sends while attached to a terminal: typed keys, and its size. */
public final class TerminalInput {
  /** Ctrl-], as in telnet(1): detaches. */
  private static final byte LEAVE = 0x1d;

  private TerminalInput() {}

  /** Returns how many keys precede Ctrl-]; -1 if there is none. */
  public static int beforeLeave(byte[] keys) {
    for (int i = 0; i < keys.length; i++) if (keys[i] == LEAVE) return i;
    return -1;
  }

  public static String typed(byte[] keys) {
    return JsonWriter.write(
        JsonFields.of("v", Request.VERSION, "keys", Base64.getEncoder().encodeToString(keys)));
  }

  /** Returns the line for a new size. */
  public static String resized(int rows, int columns) {
    return JsonWriter.write(JsonFields.of("v", Request.VERSION, "rows", rows, "columns", columns));
  }

  /** Parses a line; invalid ones are ignored. */
  public static void read(
      String line, Consumer<byte[]> typed, BiConsumer<Integer, Integer> resized) {
    try {
      var fields = JsonFields.read(line);
      if (fields.has("keys")) {
        typed.accept(Base64.getDecoder().decode(fields.text("keys")));
      } else {
        resized.accept(fields.small("rows"), fields.small("columns"));
      }
    } catch (JsonFields.Malformed | IllegalArgumentException _) {
      // An invalid line does not end the connection.
    }
  }
}
