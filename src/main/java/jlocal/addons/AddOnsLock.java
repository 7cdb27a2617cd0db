package jlocal.addons;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import jlocal.os.PrivateFiles;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The lock for running the servers of an app, held by one process and released when it ends. Its
 * holder must not request it again or read its file: fcntl(2) would release it.
 */
public record AddOnsLock(Path file) {
  /** Takes the lock; null if another process has it. */
  public @Nullable Closeable take() throws IOException {
    FileChannel channel = open();
    if (channel.tryLock() != null) return owned(channel);
    channel.close();
    return null;
  }

  /** Waits until no other process has the lock, and takes it. */
  public Closeable await() throws IOException {
    FileChannel channel = open();
    var _ = channel.lock();
    return owned(channel);
  }

  private FileChannel open() throws IOException {
    var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return FileChannel.open(file, options, PrivateFiles.FILE);
  }

  private static Closeable owned(FileChannel channel) throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(StandardCharsets.US_ASCII.encode(pid));
    return channel;
  }

  /** Throws an error if another process has the lock. */
  public void refuseIfTaken() throws IOException, UserError {
    if (!Files.exists(file)) return;
    try (var taken = take()) {
      if (taken == null) throw new UserError(Problem.error("in use by pid " + owner()));
    }
  }

  /** Returns the process that has the lock, or had it last; empty for none. */
  public String owner() {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
