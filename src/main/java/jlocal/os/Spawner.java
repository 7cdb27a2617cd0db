package jlocal.os;

/** Starts children. */
public interface Spawner {
  /**
   * Starts one child as the leader of its own session, its output into a pipe of ours, its stdin
   * open and silent (watchers that end on end-of-file keep running).
   *
   * <p>On any thread; two may be started at the same time.
   *
   * @throws SpawnFailure when the system refuses, with the reason as a sentence
   */
  Child spawn(Launch launch) throws SpawnFailure;
}
