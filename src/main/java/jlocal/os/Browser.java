package jlocal.os;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens addresses in the platform's browser. */
public final class Browser {
  private static final List<String> OPENERS = List.of("xdg-open", "wslview", "open");

  private Browser() {}

  /**
   * Passes an address to the first opener in PATH, without waiting for it.
   *
   * @return false if there is none, or no screen
   */
  public static boolean open(String url, Map<String, String> environment) {
    for (String opener : OPENERS) {
      if (opener.equals("xdg-open") && !hasScreen(environment)) continue;
      var programs = CommandLookup.inPath(opener, environment.getOrDefault("PATH", ""));
      Path program = programs.filter(Path::isAbsolute).findFirst().orElse(null);
      if (program != null) return start(program, url);
    }
    return false;
  }

  /** Without a screen, xdg-open would start a browser in the terminal. */
  static boolean hasScreen(Map<String, String> environment) {
    return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
  }

  private static boolean start(Path program, String url) {
    try {
      var builder =
          new ProcessBuilder(program.toString(), url)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD);
      CallerEnvironment.apply(
          CallerEnvironment.restore(builder.environment()), builder.environment());
      builder.start();
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
