package jlocal.os;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment in its own bytes: values that are not UTF-8 would not survive as Strings. */
final class Environ {
  private static final Path OWN = Path.of("/proc/self/environ");

  private Environ() {}

  /**
   * This process's environment with changes laid over it.
   *
   * @param changes null takes a name out
   * @return entries as NAME=value
   */
  static List<byte[]> with(Map<String, @Nullable String> changes) {
    var entries = new ArrayList<byte[]>();
    for (byte[] entry : own()) {
      if (!changes.containsKey(name(entry))) entries.add(entry);
    }
    changes.forEach((name, value) -> {
      if (value != null) entries.add((name + "=" + value).getBytes(StandardCharsets.UTF_8));
    });
    return entries;
  }

  private static List<byte[]> own() {
    try {
      return split(Files.readAllBytes(OWN));
    } catch (IOException _) {
      var entries = new ArrayList<byte[]>();
      System.getenv()
          .forEach(
              (name, value) -> entries.add((name + "=" + value).getBytes(StandardCharsets.UTF_8)));
      return entries;
    }
  }

  private static List<byte[]> split(byte[] entries) {
    var found = new ArrayList<byte[]>();
    var entry = new ByteArrayOutputStream();
    for (byte b : entries) {
      if (b != 0) {
        entry.write(b);
      } else {
        found.add(entry.toByteArray());
        entry.reset();
      }
    }
    return found;
  }

  private static String name(byte[] entry) {
    String text = new String(entry, StandardCharsets.UTF_8);
    int equals = text.indexOf('=', 1);
    return equals < 0 ? text : text.substring(0, equals);
  }
}
