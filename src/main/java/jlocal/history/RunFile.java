package jlocal.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.ansi.ByteScan;
import jlocal.formation.InstanceName;
import jlocal.logs.KeptText.Turn;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;

/**
 * The log of a run in a file: a line with the app's types, then what was written, each part behind
 * a line with its time, its source and its length: {@code 1764201234567 web.1 1234}. Where a part
 * goes on behind text that is lost, that line ends with {@code cut}.
 *
 * @param began when the run began
 * @param ended when its last line was written
 * @param types of the app, in the order of its Procfile
 * @param turns what was written, in order
 */
public record RunFile(Instant began, Instant ended, List<ProcessType> types, List<Turn> turns) {
  private static final Pattern NAME = Pattern.compile("([0-9]{13})\\.log");
  private static final Pattern HEAD = Pattern.compile("jlocal 1((?: [A-Za-z0-9_-]+)*)");
  private static final Pattern PART =
      Pattern.compile(
          "([0-9]{1,15}) (manager|router|([A-Za-z0-9_-]+)\\.([1-9][0-9]{0,8})) ([0-9]{1,8})("
              + " cut)?");
  private static final int LONGEST_HEAD = 64 * 1024;

  /** Where a run that began at this time is kept. */
  static Path in(Path folder, long began) {
    return folder.resolve(began + ".log");
  }

  /** The runs that are kept, by when they began in milliseconds since 1970, the last first. */
  public static List<Long> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(name -> Long.valueOf(name.group(1)))
          .sorted((a, b) -> Long.compare(b, a))
          .toList();
    }
  }

  static byte[] head(List<ProcessType> types) {
    var line = new StringBuilder("jlocal 1");
    types.forEach(type -> line.append(' ').append(type.name()));
    return line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The line before the text of a part. */
  static byte[] head(Turn turn) {
    String cut = turn.cut() ? " cut\n" : "\n";
    String line = turn.time() + " " + turn.source() + " " + turn.text().remaining() + cut;
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** How long parts are in the file. */
  static long size(List<Turn> turns) {
    return turns.stream().mapToLong(turn -> head(turn).length + turn.text().remaining()).sum();
  }

  /**
   * Reads a run as far as it was written: its writer may have been killed. Lines that were not
   * ended are ended.
   */
  public static RunFile read(Path folder, long began) throws IOException {
    byte[] bytes = Files.readAllBytes(in(folder, began));
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var types = new ArrayList<ProcessType>();
    Matcher head = HEAD.matcher(line(in));
    if (head.matches()) {
      for (String name : head.group(1).strip().split(" ", -1))
        if (!name.isEmpty()) types.add(new ProcessType(name));
    }
    List<Turn> turns = head.matches() ? turns(in) : List.of();
    long ended = turns.stream().mapToLong(Turn::time).max().orElse(began);
    return new RunFile(Instant.ofEpochMilli(began), Instant.ofEpochMilli(ended), types, turns);
  }

  private static List<Turn> turns(ByteBuffer in) {
    var turns = new ArrayList<Turn>();
    var last = new LinkedHashMap<Source, Turn>();
    for (Matcher part = PART.matcher(line(in)); part.matches(); part = PART.matcher(line(in))) {
      int length = Math.min(Integer.parseInt(part.group(5)), in.remaining());
      if (length == 0) break;
      ByteBuffer text = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      in.position(in.position() + length);
      Source source = source(part);
      var turn =
          new Turn(
              source, text, part.group(6) != null, turns.size(), Long.parseLong(part.group(1)));
      turns.add(turn);
      last.put(source, turn);
    }
    for (Map.Entry<Source, Turn> each : last.entrySet()) {
      ByteBuffer text = each.getValue().text();
      if (text.get(text.limit() - 1) == '\n') continue;
      ByteBuffer end = ByteScan.buffer(1).put((byte) '\n').flip();
      turns.add(new Turn(each.getKey(), end, false, turns.size(), each.getValue().time()));
    }
    return turns;
  }

  private static Source source(Matcher part) {
    return switch (part.group(2)) {
      case "manager" -> Source.MANAGER;
      case "router" -> Source.ROUTER;
      default ->
          new Source.App(
              new InstanceName(new ProcessType(part.group(3)), Integer.parseInt(part.group(4))));
    };
  }

  /** The next line, without its end; empty when none ends within reason. */
  private static String line(ByteBuffer in) {
    int from = in.position();
    int most = Math.min(in.limit(), from + LONGEST_HEAD);
    for (int at = from; at < most; at++) {
      if (in.get(at) != '\n') continue;
      in.position(at + 1);
      return StandardCharsets.US_ASCII.decode(in.slice(from, at - from)).toString();
    }
    return "";
  }
}
