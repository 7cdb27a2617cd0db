package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sink that records its calls: {@code web.1: line}, {@code web.1… partial}. */
class Recorder implements LogSink {
  /** A line that is recorded only once. */
  static final String FLOOD = "flood";

  private final List<String> calls = new ArrayList<>();
  private int flushed;

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Whether nothing came since the last flush. */
  synchronized boolean isFlushed() {
    return flushed == calls.size();
  }

  void note(String call) {
    add(call);
  }

  private synchronized void add(String call) {
    if (!call.endsWith(": " + FLOOD) || !calls.contains(call)) calls.add(call);
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    String text = text(wholeLines);
    if (!text.endsWith("\n")) add("not whole: " + text);
    text.lines().forEach(line -> add(source + ": " + line));
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    add(source + "… " + text(piece));
  }

  @Override
  public void stalled(Source source) {
    add(source + " stalled");
  }

  @Override
  public synchronized void flush() {
    flushed = calls.size();
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
