package jlocal.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

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

  void line(String text) {
    writer.print(text);
    writer.print('\n');
  }
}
