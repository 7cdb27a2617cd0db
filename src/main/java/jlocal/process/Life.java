package jlocal.process;

import java.time.Duration;
import jlocal.os.Child;
import jlocal.os.ExitStatus;
import org.jspecify.annotations.Nullable;

/** One process of an instance, from its start until nothing of it is left. */
final class Life {
  private final int number;
  private final Child child;
  private final long startedAt;
  private @Nullable Long upAt;
  private @Nullable Long exitedAt;
  private @Nullable ExitStatus status;
  private @Nullable Long emptiedAt;
  private boolean drained;

  Life(int number, Child child, long now) {
    this.number = number;
    this.child = child;
    this.startedAt = now;
  }

  int number() {
    return number;
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

  /** How its leader ended, or null while it runs. */
  @Nullable ExitStatus status() {
    return status;
  }

  /** Its group was seen to be empty. */
  void emptied(long now) {
    if (emptiedAt == null) emptiedAt = now;
  }

  Duration sinceEmptied(long now) {
    return emptiedAt == null ? Duration.ZERO : Duration.ofNanos(now - emptiedAt);
  }

  void drained() {
    drained = true;
  }

  /** Whether all it wrote has been read. */
  boolean isDrained() {
    return drained;
  }

  Duration age(long now) {
    return Duration.ofNanos(now - startedAt);
  }

  Duration sinceExit(long now) {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(now - exitedAt);
  }

  /** From its start to the exit of its leader. */
  Duration lived() {
    return exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - startedAt);
  }

  /** From being ready to the exit of its leader; zero if it never was. */
  Duration up() {
    return upAt == null || exitedAt == null ? Duration.ZERO : Duration.ofNanos(exitedAt - upAt);
  }
}
