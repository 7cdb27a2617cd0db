package jlocal.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import jlocal.problem.Printable;

/**
 * Where the cli prints: standard output or standard error.
 *
 * @param color whether it is a terminal that shows colours, and the person wants them
 */
record Out(PrintWriter writer, boolean color) {
  /** UTF-8 whatever the locale: files and child output are, too. */
  static Out utf8(OutputStream stream, boolean color) {
    return new Out(new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), color);
  }

  /** Prints a line for a person; control characters in it, as of a file's name, are escaped. */
  void line(String text) {
    exact(Printable.escaped(text));
  }

  /** Prints a line for a program, or one that has its own control sequences. */
  void exact(String text) {
    writer.print(text);
    writer.print('\n');
  }
}
