package jlocal.os;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jlocal.os.Terminal.Stream;

/**
 * Shows desktop notifications: by notify-send(1) if there is a screen, by osascript(1) on macOS,
 * else by the terminal (OSC 777, or OSC 9 as iTerm2 and most others), if it supports them.
 */
public final class DesktopNotice {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String TITLE = "jlocal";

  private DesktopNotice() {}

  /**
   * Shows a notification.
   *
   * @param text of one line, without control characters
   */
  public static void show(String text, Map<String, String> environment) {
    if (Browser.hasScreen(environment)
        && runs(List.of("notify-send", "--app-name=" + TITLE, TITLE, text))) return;
    if (Machine.isMac() && runs(List.of("osascript", "-e", script(text)))) return;
    if (!Terminal.is(Stream.OUT)) return;
    try (var terminal = new FileOutputStream("/dev/tty")) {
      terminal.write(sequence(text, environment).getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // There is no terminal.
    }
  }

  private static boolean runs(List<String> command) {
    try {
      return Helper.run(command, Map.of(), TIMEOUT).status() == 0;
    } catch (IOException _) {
      return false; // Not installed.
    }
  }

  private static String script(String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return "display notification \"" + quoted + "\" with title \"" + TITLE + "\"";
  }

  /**
   * Returns the escape sequence for the terminal, wrapped for tmux, which passes it on if
   * allow-passthrough is on.
   */
  static String sequence(String text, Map<String, String> environment) {
    String terminal = environment.getOrDefault("TERM", "");
    boolean isOther =
        terminal.startsWith("rxvt")
            || terminal.startsWith("foot")
            || environment.containsKey("VTE_VERSION");
    String sequence =
        isOther
            ? "\033]777;notify;" + TITLE + ";" + text + "\007"
            : "\033]9;" + TITLE + ": " + text + "\007";
    if (!environment.containsKey("TMUX")) return sequence;
    return "\033Ptmux;" + sequence.replace("\033", "\033\033") + "\033\\";
  }
}
