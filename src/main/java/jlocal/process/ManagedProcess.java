package jlocal.process;

import java.time.Duration;
import jlocal.os.Child;
import jlocal.os.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * One process of an instance, from its start until its group is empty. Times are nanoseconds on a
 * monotonic clock. On the manager's thread.
 */
final class ManagedProcess {
  private final int generation;
  private final Child child;
  private final long startedAt;
  private @Nullable Long upAt;
  private @Nullable Long exitedAt;
  private @Nullable ExitStatus status;
  private @Nullable Long groupEmptyAt;
  private boolean outputRead;

  ManagedProcess(int generation, Child child, long now) {
    this.generation = generation;
    this.child = child;
    this.startedAt = now;
  }

  /** Which of the instance's processes it is, from 1. */
  int generation() {
    return generation;
  }

  Child child() {
    return child;
  }

  void up(long now) {
    upAt = now;
  }

  void exited(ExitStatus how, long now) {
    status = how;
    exitedAt = now;
  }

  /** The exit status of its leader; null while it runs. */
  @Nullable ExitStatus status() {
    return status;
  }

  /** Its group was seen to be empty. */
  void groupEmpty(long now) {
    if (groupEmptyAt == null) groupEmptyAt = now;
  }

  Duration sinceGroupEmpty(long now) {
    return groupEmptyAt == null ? Duration.ZERO : Duration.ofNanos(now - groupEmptyAt);
  }

  void outputRead() {
    outputRead = true;
  }

  /** Whether all it wrote has been read. */
  boolean isOutputRead() {
    return outputRead;
  }

  Duration sinceStart(long now) {
    return Duration.ofNanos(now - startedAt);
  }

  Duration sinceExit(long now) {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(now - exitedAt);
  }

  /** From its start to the exit of its leader. */
  Duration ran() {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - startedAt);
  }

  /** From readiness to the exit of its leader; zero if it was never ready. */
  Duration wasUp() {
    return upAt == null || exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - upAt);
  }
}
