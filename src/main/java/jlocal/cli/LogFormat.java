package jlocal.cli;

/** For whom the log is written, {@code --log-format}. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** For programs: an object for each line. */
  JSON
}
