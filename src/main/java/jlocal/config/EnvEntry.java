package jlocal.config;

import io.github.cdimascio.dotenv.DotenvEntry;

/** One assignment of an env file, with its place. */
public final class EnvEntry extends DotenvEntry {
  private final int line;

  EnvEntry(String name, String value, int line) {
    super(name, value);
    this.line = line;
  }

  /** Where the assignment begins, from 1. */
  public int line() {
    return line;
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return getKey() + " (line " + line + ")";
  }
}
