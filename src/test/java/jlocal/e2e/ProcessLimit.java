package jlocal.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jlocal.Await;
import org.jspecify.annotations.Nullable;

/**
 * Prevents a running jlocal from creating processes and threads, and lifts that again. For root by
 * a pids cgroup, as RLIMIT_NPROC does not bind root; for others by prlimit(1).
 */
final class ProcessLimit implements AutoCloseable {
  private final @Nullable Path cgroup;
  private long pid;

  private ProcessLimit(@Nullable Path cgroup) {
    this.cgroup = cgroup;
  }

  /** Skips the test where no limit can be set. */
  static ProcessLimit create() throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      if (!Files.isExecutable(Path.of("/usr/bin/prlimit"))) abort("needs prlimit(1)");
      return new ProcessLimit(null);
    }
    for (String mount : List.of("/sys/fs/cgroup/pids", "/sys/fs/cgroup")) {
      Path group = Path.of(mount, "jlocal-test-" + ProcessHandle.current().pid());
      try {
        Files.createDirectory(group);
        if (Files.exists(group.resolve("pids.max"))) return new ProcessLimit(group);
        Files.delete(group);
      } catch (IOException _) {
        Files.deleteIfExists(group);
      }
    }
    return abort("needs a pids cgroup that may be made, as root has no limit otherwise");
  }

  /** Shell commands to run before jlocal replaces the shell. */
  String before() {
    return cgroup == null ? "" : "echo $$ >" + cgroup.resolve("cgroup.procs") + "; ";
  }

  void reach(Running app) {
    pid = app.pid();
    set("1");
  }

  void lift() {
    set(cgroup == null ? "" : "max");
  }

  private void set(String most) {
    try {
      if (cgroup != null) {
        Files.writeString(cgroup.resolve("pids.max"), most);
        return;
      }
      // The soft limit alone, so that it can be lifted again; nothing stands for the hard one.
      String nproc = most.isEmpty() ? "$(ulimit -H -u)" : most;
      String script = "prlimit --pid " + pid + " --nproc=" + nproc + ":";
      new ProcessBuilder("/bin/bash", "-c", script).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (cgroup == null) return;
    set("max");
    // The last process may still be leaving it.
    Await.within(Await.LIMIT, () -> cgroup.toFile().delete());
  }
}
