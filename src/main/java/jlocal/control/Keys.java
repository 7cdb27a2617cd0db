package jlocal.control;

import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a client says while it is connected to a terminal: keys it types, and its size. */
public final class Keys {
  private Keys() {}

  /** A line for keys. */
  public static String typed(byte[] keys) {
    return Protocol.line("keys", Base64.getEncoder().encodeToString(keys));
  }

  /** A line for a new size. */
  public static String resized(int rows, int columns) {
    return Protocol.line("rows", rows, "columns", columns);
  }

  /** Understands a line; one that makes no sense is ignored. */
  public static void read(
      String line, Consumer<byte[]> typed, BiConsumer<Integer, Integer> resized) {
    try {
      JsonFields fields = JsonFields.read(line);
      if (fields.values().containsKey("keys")) {
        typed.accept(Base64.getDecoder().decode(fields.text("keys")));
      } else {
        resized.accept((int) fields.whole("rows"), (int) fields.whole("columns"));
      }
    } catch (JsonFields.Malformed | IllegalArgumentException _) {
      // A client's slip of the tongue is no reason to throw it out.
    }
  }
}
