package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** What happened to one life of an instance. */
sealed interface News {
  /** Which of the instance's lives it is about. */
  int life();

  record Spawned(int life, long pid) implements News {}

  /**
   * There is no process.
   *
   * @param temporary whether a later try may succeed
   */
  record NotSpawned(int life, String why, boolean temporary) implements News {}

  record Ready(int life) implements News {}

  /** The leader has exited. */
  record Exited(int life, ExitStatus status) implements News {}

  /**
   * Nothing of it is left, and all it wrote has been read.
   *
   * @param up how long it had been ready when the leader exited; zero if it never was
   */
  record Gone(int life, Duration up) implements News {}

  /** Those who outlived a crashed leader had their time. */
  record LingerOver(int life) implements News {}

  record GraceOver(int life) implements News {}

  /** It survives SIGKILL, and the app ends without it. */
  record Abandoned(int life) implements News {}

  record CoolOffOver(int life) implements News {}
}
