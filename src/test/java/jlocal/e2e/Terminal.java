package jlocal.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jlocal.Await;

/** A terminal with a shell, through tmux. */
final class Terminal implements AutoCloseable {
  private static final String PROMPT = "ready to type> ";

  private final Function<List<String>, ProcessBuilder> tmux;

  /**
   * Opens a terminal.
   *
   * @param tmux runs tmux with these arguments
   */
  Terminal(Function<List<String>, ProcessBuilder> tmux) throws IOException {
    this.tmux = tmux;
    String shell = "PS1='" + PROMPT + "' exec bash --norc --noprofile";
    run("-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50", shell);
    until(PROMPT);
  }

  /** Types a line and Enter. */
  Terminal type(String line) throws IOException {
    run("send-keys", "-l", line);
    return press("Enter");
  }

  /** Presses a key, by its name in tmux. */
  Terminal press(String key) throws IOException {
    run("send-keys", key);
    return this;
  }

  /** Resizes the window. */
  Terminal resize(int columns, int rows) throws IOException {
    run("resize-window", "-x", "" + columns, "-y", "" + rows);
    return this;
  }

  Terminal until(String text) {
    if (!Await.within(Await.LIMIT, () -> screen().contains(text))) {
      throw new AssertionError("never: '" + text + "' on the screen\n" + screen());
    }
    return this;
  }

  /** The screen and its history, without colours. */
  String screen() {
    return capture("-pJ", "-S", "-");
  }

  /** The screen and its history with colours, as tmux writes them. */
  String colours() {
    return capture("-peJ", "-S", "-");
  }

  private String capture(String... how) {
    var arguments = new ArrayList<>(List.of("capture-pane"));
    arguments.addAll(List.of(how));
    try {
      return run(arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Closes the window. */
  void closeWindow() throws IOException {
    run("kill-pane");
  }

  private String run(String... arguments) throws IOException {
    Process process = tmux.apply(List.of(arguments)).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    run("kill-server");
  }
}
