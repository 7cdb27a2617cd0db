package jlocal.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import jlocal.json.JsonWriter;
import jlocal.problem.Printable;

/**
 * An output of the cli: standard output or standard error.
 *
 * @param color whether it is a terminal that shows colours, and the user wants them
 * @param bytes receives unchanged output, such as the log of an app
 */
record Out(PrintWriter writer, boolean color, Supplier<WritableByteChannel> bytes) {
  /** Creates an output of text only. */
  Out(PrintWriter writer, boolean color) {
    this(writer, color, () -> Channels.newChannel(OutputStream.nullOutputStream()));
  }

  /** Encodes as UTF-8 whatever the locale, like files and the output of children. */
  static Out utf8(OutputStream stream, boolean color) {
    var writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    return new Out(writer, color, () -> Channels.newChannel(stream));
  }

  /** Returns the output with another channel for bytes. */
  Out with(Supplier<WritableByteChannel> channel) {
    return new Out(writer, color, channel);
  }

  /** Prints a line for a person; escapes control characters, such as those in file names. */
  void line(String text) {
    exact(Printable.escaped(text));
  }

  /** Prints a line for a program, or one that has its own control sequences. */
  void exact(String text) {
    print(text + "\n");
  }

  /** Prints a text unchanged and flushes it. */
  void print(String text) {
    writer.print(text);
    writer.flush();
  }

  /** Prints a value as JSON, on one line. */
  void json(Object value) {
    exact(JsonWriter.write(value));
  }

  /**
   * Prints rows of cells for a person, in columns two blanks apart.
   *
   * @param rows all of one length; the first may hold the titles
   * @param right the columns whose cells are aligned to the right, from 0
   */
  void table(List<List<String>> rows, Integer... right) {
    List<Integer> onTheRight = List.of(right);
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String blanks = " ".repeat(width - row.get(column).length());
        line.append(column == 0 ? "" : "  ");
        line.append(
            onTheRight.contains(column) ? blanks + row.get(column) : row.get(column) + blanks);
      }
      line(line.toString().stripTrailing());
    }
  }
}
