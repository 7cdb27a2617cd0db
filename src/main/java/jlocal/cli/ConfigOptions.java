package jlocal.cli;

/**
 * All that can be said about {@code jlocal config}.
 *
 * @param form how the config vars are printed
 * @param show whether the values are printed rather than masked
 */
record ConfigOptions(AppOptions app, Form form, boolean show, boolean debug) {
  /** How config vars are printed. */
  enum Form {
    /** For a person: each with the file and line it came from. */
    TABLE,
    /** One JSON object. */
    JSON,
    /** {@code KEY=value} lines a shell and an env file can read. */
    SHELL
  }
}
