package jlocal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a person at the terminal answers. */
final class Answer {
  private static final BufferedReader IN =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private Answer() {}

  /** Asks on standard error and reads a line, stripped; empty at the end of the input. */
  static String to(String question, Context context) {
    context.err().writer().print(question);
    context.err().writer().flush();
    try {
      String line = IN.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException _) {
      return "";
    }
  }
}
