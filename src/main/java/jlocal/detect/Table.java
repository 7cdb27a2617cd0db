package jlocal.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The tables beside these classes. */
final class Table {
  private Table() {}

  /** The lines of a table, without comments and blank lines. */
  static List<String> lines(String name) {
    try (InputStream table = Table.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(table, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
