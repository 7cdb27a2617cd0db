package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** What the lifecycle wants done. */
sealed interface Effect {
  record Spawn(int life) implements Effect {}

  /** Ask the group to end, and come back when the grace is over. */
  record Terminate(int life, long pid) implements Effect {}

  record Kill(int life, long pid) implements Effect {}

  /** Come back when those who outlived the leader had their time. */
  record Linger(int life) implements Effect {}

  /** Come back after the delay. */
  record CoolOff(int life, Duration delay) implements Effect {}

  /** It ended by itself and will not be started again. */
  record GiveUp(int life, ExitStatus status, int stillborn) implements Effect {}

  record Report(String why) implements Effect {}

  /** It could not be started for now: report why, and come back after the delay. */
  record Retry(int life, String why, Duration delay) implements Effect {}
}
