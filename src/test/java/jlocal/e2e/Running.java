package jlocal.e2e;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import jlocal.Await;
import org.jspecify.annotations.Nullable;

/** A running jlocal, with its output in files. */
final class Running {
  private final Process process;
  private final @Nullable File out;
  private final File err;

  private Running(Process process, @Nullable File out, File err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it, with standard output in a file. */
  static Running start(ProcessBuilder builder, File err) throws IOException {
    File out = builder.redirectOutput().file();
    return new Running(builder.redirectError(err).start(), out, err);
  }

  long pid() {
    return process.pid();
  }

  String out() {
    return out == null ? "" : read(out);
  }

  String err() {
    return read(err);
  }

  /** The lines of one source so far, without prefix. */
  List<String> lines(String source) {
    return Log.lines(out(), source);
  }

  /** Returns the text that a pattern's group matched in the output. */
  String find(String pattern) {
    var found = Pattern.compile(pattern).matcher(out());
    return found.find() ? found.group(1) : fail("no " + pattern + "\n" + this);
  }

  /** Waits for a text in the output. */
  Running until(String text) {
    return until("'" + text + "' in the output", () -> out().contains(text));
  }

  /** Waits for a number of occurrences of a text. */
  Running until(String text, int times) {
    return until(
        times + " '" + text + "'", () -> out().split(Pattern.quote(text), -1).length > times);
  }

  /** Waits for a condition. */
  Running until(String what, BooleanSupplier condition) {
    boolean came = Await.within(Await.LIMIT, condition);
    if (!came) fail("never: " + what + "\n" + this);
    return this;
  }

  /** Sends a signal, by its name without SIG. */
  Running signal(String name) {
    return signal(name, pid());
  }

  /** Sends a signal to any process, or with a negative number to a group. */
  Running signal(String name, long pid) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- " + pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as Ctrl-C does. */
  Finished stop() {
    return signal("INT").end();
  }

  /** Waits for its end. */
  Finished end() {
    return end(Await.LIMIT);
  }

  /** Waits for its end, which must come within the time. */
  Finished end(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) fail("no end\n" + this);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Finished(process.exitValue(), out(), err());
  }

  private static String read(File file) {
    try {
      return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "--- stdout:\n" + out() + "--- stderr:\n" + err() + "---";
  }
}
