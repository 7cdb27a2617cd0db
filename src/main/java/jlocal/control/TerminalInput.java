package jlocal.control;

import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/** What a client says while it is connected to a terminal: keys it types, and its size. */
public final class TerminalInput {
  /** Ctrl-], as in telnet(1): ends the connection. */
  private static final byte LEAVE = 0x1d;

  private TerminalInput() {}

  /** How many keys come before Ctrl-]; -1 if it is not among them. */
  public static int beforeLeave(byte[] keys) {
    for (int i = 0; i < keys.length; i++) if (keys[i] == LEAVE) return i;
    return -1;
  }

  public static String typed(byte[] keys) {
    return JsonWriter.write(
        JsonFields.of("v", Request.VERSION, "keys", Base64.getEncoder().encodeToString(keys)));
  }

  /** A line for a new size. */
  public static String resized(int rows, int columns) {
    return JsonWriter.write(JsonFields.of("v", Request.VERSION, "rows", rows, "columns", columns));
  }

  /** Understands a line; one that makes no sense is ignored. */
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
      // One line that makes no sense does not end the connection.
    }
  }
}
