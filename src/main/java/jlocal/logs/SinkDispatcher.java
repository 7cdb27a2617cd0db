package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives text to every sink, and keeps lines whole where two writers share one source: a child that
 * was started again while a grandchild still holds the old pipe, a line said about it.
 */
final class SinkDispatcher {
  private final List<LogSink> sinks;
  private final Map<Source, Object> unfinished = new HashMap<>();
  private final ByteBuffer lineEnd = LogBuffers.allocate(1).put(0, (byte) '\n');
  private boolean given;

  SinkDispatcher(List<LogSink> sinks) {
    this.sinks = new CopyOnWriteArrayList<>(sinks);
  }

  void attach(LogSink sink) {
    sinks.add(sink);
  }

  void detach(LogSink sink) {
    sinks.remove(sink);
  }

  void lines(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, true);
    giveLines(source, text);
  }

  void partial(Object writer, Source source, ByteBuffer text) {
    if (!unfinished.isEmpty()) finishOther(writer, source, false);
    unfinished.put(source, writer);
    given = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.partial(source, text.limit(end).position(from));
    }
  }

  /** Ends the line that this writer left unfinished, if it did. */
  void ended(Object writer, Source source) {
    if (unfinished.remove(source, writer)) giveLines(source, lineEnd.clear());
    for (LogSink sink : sinks) sink.ended(source);
  }

  void stalled(Source source) {
    given = true;
    for (LogSink sink : sinks) sink.stalled(source);
  }

  void flush() {
    if (!given) return;
    given = false;
    for (LogSink sink : sinks) sink.flush();
  }

  private void finishOther(Object writer, Source source, boolean ends) {
    Object other = unfinished.get(source);
    if (other == null) return;
    if (!other.equals(writer)) giveLines(source, lineEnd.clear());
    if (!other.equals(writer) || ends) unfinished.remove(source);
  }

  private void giveLines(Source source, ByteBuffer text) {
    given = true;
    int from = text.position();
    int end = text.limit();
    for (LogSink sink : sinks) {
      sink.lines(source, text.limit(end).position(from));
    }
  }
}
