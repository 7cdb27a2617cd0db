package jlocal.logs;

/** A reader of the live log: it says whose lines it wants, and is told how many it misses. */
public interface Follower extends LogSink {
  /** Whether it is to be given what this source writes. */
  boolean wants(Source source);

  /** So many lines of a source are left out here; of a line begun before, the rest is. */
  void missed(Source source, int lines);
}
