package jlocal.os;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jlocal.Await;
import org.jspecify.annotations.Nullable;

/** A real child whose output is read at once; ended with its group after the test. */
final class Born implements AutoCloseable {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Fifo::deleteAll));
  }

  private final Spawner spawner = new Spawner(Cgroup.none());
  private final Child child;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<String> end = new CompletableFuture<>();

  /**
   * Starts it in the shell for an app's commands.
   *
   * @param terminal its size; null for a pipe
   */
  Born(Path directory, String script, @Nullable WindowSize terminal) throws SpawnFailure {
    this(launch(directory, script, terminal));
  }

  /** Starts it without a shell of ours. */
  Born(Launch launch) throws SpawnFailure {
    child = spawner.spawn(launch);
    child.output().readBy(this::read);
  }

  /** Starts another child whose output is not read. */
  Child sibling(Path directory, String script, @Nullable WindowSize terminal) throws SpawnFailure {
    return spawner.spawn(launch(directory, script, terminal));
  }

  private static Launch launch(Path directory, String script, @Nullable WindowSize terminal) {
    var argv = Shell.standard().argv(script);
    return new Launch(argv, directory, Map.of("TERM", "xterm"), terminal);
  }

  private void read() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(8192);
    try (var source = child.output()) {
      for (int count = 0; count >= 0; count = source.read(bytes.clear())) {
        byte[] read = new byte[count];
        bytes.get(0, read);
        output.writeBytes(read);
      }
      end.complete(output());
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  Child child() {
    return child;
  }

  /** Its output so far. */
  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  boolean atEnd() {
    return end.isDone();
  }

  /** Its complete output, once no process can write any more. */
  String all() {
    return end.orTimeout(LIMIT, TimeUnit.NANOSECONDS).join();
  }

  ExitStatus exit() {
    return child.exit().toCompletableFuture().orTimeout(LIMIT, TimeUnit.NANOSECONDS).join();
  }

  Born until(String text) {
    return until(text, () -> output().contains(text));
  }

  /** Waits for a condition, not for a time. */
  Born until(String what, BooleanSupplier condition) {
    Await.until(what, condition, this::output);
    return this;
  }

  /** Its folder in proc(5), once it runs this program. */
  Path proc(String program) {
    Path folder = Path.of("/proc", Long.toString(child.pid()));
    until(program, () -> nameIn(folder).equals(program));
    return folder;
  }

  private static String nameIn(Path folder) {
    try {
      return Files.readString(folder.resolve("comm")).strip();
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() {
    child.signal(Signal.KILL);
    until("its group is gone", () -> !child.groupAlive());
    spawner.close();
  }
}
