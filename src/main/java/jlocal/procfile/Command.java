package jlocal.procfile;

/**
 * What a Procfile line runs, exactly as written: quotes, {@code #} and {@code $} are the shell's.
 *
 * @param line trimmed and never empty
 */
public record Command(String line) {
  public Command {
    if (line.isEmpty()) throw new IllegalArgumentException("a command is not empty");
  }

  @Override
  public String toString() {
    return line;
  }
}
