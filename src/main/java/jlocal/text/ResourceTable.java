package jlocal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads tables that are resources beside a class; {@code #} begins a comment. */
public final class ResourceTable {
  private ResourceTable() {}

  /** Returns the lines of a table, without comments and blank lines. */
  public static List<String> lines(Class<?> owner, String name) {
    try (InputStream table = owner.getResourceAsStream(name)) {
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
