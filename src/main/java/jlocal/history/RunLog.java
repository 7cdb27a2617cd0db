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
import jlocal.logs.LogSnapshot.Chunk;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;

/**
 * The log file of a run: a line with the app's process types, then chunks of text, each after a
 * header line with its time, source and length: {@code 1764201234567 web.1 1234}. The header ends
 * with {@code cut} if text before the chunk is lost.
 *
 * @param began when the run began
 * @param ended when its last line was written
 * @param types of the app, in the order of its Procfile
 * @param chunks in order
 */
public record RunLog(Instant began, Instant ended, List<ProcessType> types, List<Chunk> chunks) {
  private static final Pattern NAME = Pattern.compile("([0-9]{13})\\.log");
  private static final Pattern FILE_HEADER = Pattern.compile("jlocal 1((?: [A-Za-z0-9_-]+)*)");
  private static final Pattern CHUNK_HEADER =
      Pattern.compile(
          "([0-9]{1,15}) (manager|router|([A-Za-z0-9_-]+)\\.([1-9][0-9]{0,8})) ([0-9]{1,8})("
              + " cut)?");
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /** Returns the file of a run that began at this time. */
  static Path in(Path folder, long began) {
    return folder.resolve(began + ".log");
  }

  /** Returns when each kept run began, in milliseconds since 1970, the latest first. */
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

  static byte[] header(List<ProcessType> types) {
    var line = new StringBuilder("jlocal 1");
    types.forEach(type -> line.append(' ').append(type.name()));
    return line.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the header line of a chunk. */
  static byte[] header(Chunk chunk) {
    String cut = chunk.cut() ? " cut\n" : "\n";
    String line = chunk.time() + " " + chunk.source() + " " + chunk.text().remaining() + cut;
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the size of chunks in the file, in bytes. */
  static long size(List<Chunk> chunks) {
    return chunks.stream()
        .mapToLong(chunk -> header(chunk).length + chunk.text().remaining())
        .sum();
  }

  /** Reads what was written, since the writer may have been killed. Ends unfinished lines. */
  public static RunLog read(Path folder, long began) throws IOException {
    byte[] bytes = Files.readAllBytes(in(folder, began));
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var types = new ArrayList<ProcessType>();
    Matcher header = FILE_HEADER.matcher(line(in));
    if (header.matches()) {
      for (String name : header.group(1).strip().split(" ", -1))
        if (!name.isEmpty()) types.add(new ProcessType(name));
    }
    List<Chunk> chunks = header.matches() ? chunks(in) : List.of();
    long ended = chunks.stream().mapToLong(Chunk::time).max().orElse(began);
    return new RunLog(Instant.ofEpochMilli(began), Instant.ofEpochMilli(ended), types, chunks);
  }

  private static List<Chunk> chunks(ByteBuffer in) {
    var chunks = new ArrayList<Chunk>();
    var last = new LinkedHashMap<Source, Chunk>();
    for (Matcher header = CHUNK_HEADER.matcher(line(in));
        header.matches();
        header = CHUNK_HEADER.matcher(line(in))) {
      int length = Math.min(Integer.parseInt(header.group(5)), in.remaining());
      if (length == 0) break;
      ByteBuffer text = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      in.position(in.position() + length);
      Source source = source(header);
      var chunk =
          new Chunk(
              source,
              text,
              header.group(6) != null,
              chunks.size(),
              Long.parseLong(header.group(1)));
      chunks.add(chunk);
      last.put(source, chunk);
    }
    for (Map.Entry<Source, Chunk> each : last.entrySet()) {
      ByteBuffer text = each.getValue().text();
      if (text.get(text.limit() - 1) == '\n') continue;
      ByteBuffer end = ByteScan.buffer(1).put((byte) '\n').flip();
      chunks.add(new Chunk(each.getKey(), end, false, chunks.size(), each.getValue().time()));
    }
    return chunks;
  }

  private static Source source(Matcher header) {
    return switch (header.group(2)) {
      case "manager" -> Source.MANAGER;
      case "router" -> Source.ROUTER;
      default ->
          new Source.App(
              new InstanceName(
                  new ProcessType(header.group(3)), Integer.parseInt(header.group(4))));
    };
  }

  /**
   * Returns the next line without its LF; empty if there is none within {@link #MAX_HEADER_BYTES}.
   */
  private static String line(ByteBuffer in) {
    int from = in.position();
    int most = Math.min(in.limit(), from + MAX_HEADER_BYTES);
    for (int at = from; at < most; at++) {
      if (in.get(at) != '\n') continue;
      in.position(at + 1);
      return StandardCharsets.US_ASCII.decode(in.slice(from, at - from)).toString();
    }
    return "";
  }
}
