package jlocal.json;

/** A text that is not JSON. Its message quotes nothing of the text, which may hold secrets. */
public final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final String expected;

  JsonSyntaxException(int line, String expected) {
    super("line " + line + ": " + expected);
    this.line = line;
    this.expected = expected;
  }

  /** Where reading stopped, from 1. */
  public int line() {
    return line;
  }

  /** What should stand there: {@code ',' or '}' is missing}. */
  public String expected() {
    return expected;
  }
}
