package jlocal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which jlocal this is: the build writes it into a resource, so it stands in the pom alone. */
final class Version {
  private Version() {}

  /** As printed: {@code jlocal 0.1.0}. */
  static String line() {
    try (var in = Version.class.getResourceAsStream("version.txt")) {
      if (in == null) return "jlocal (unknown version)";
      return "jlocal " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
