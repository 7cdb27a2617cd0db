package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import jlocal.ansi.ByteScan;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import jlocal.text.Timestamp;

/** A painter with recorded output, and a clock that is set by the test. */
final class Painted {
  static final Source WEB = app("web", 1);
  static final Source WORKER = app("worker", 1);
  static final LogFormat.Text PLAIN = LogFormat.Text.plain(false);
  static final LogFormat.Text COLOR = LogFormat.Text.plain(true);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogPainter painter;
  private Instant now = Instant.parse("2026-11-21T12:00:01Z");

  Painted(LogFormat.Text style, Source... sources) {
    var names =
        LogFormat.Names.of(List.of(ProcessType.WEB, new ProcessType("worker")), List.of(sources));
    var out = new OutputBuffer(256 * 1024, Channels.newChannel(written), () -> {});
    var stamp = style.timestamp() ? Timestamp.TIME : Timestamp.NONE;
    painter = new LogPainter(style, new Prefixes(style, stamp, names), out, () -> now);
  }

  static Source app(String type, int index) {
    return new Source.App(new InstanceName(new ProcessType(type), index));
  }

  static byte[] latin1(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteScan.buffer(bytes.length).put(bytes).flip();
  }

  Painted lines(Source source, String text) {
    painter.lines(source, buffer(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  Painted partial(Source source, String text) {
    painter.partial(source, buffer(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Writes an unfinished line and flushes. */
  Painted shown(Source source, String text) {
    partial(source, text);
    painter.flush();
    return this;
  }

  Painted stalled(Source source) {
    painter.stalled(source);
    return this;
  }

  Painted ended(Source source) {
    painter.ended(source);
    return this;
  }

  Painted after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  LogPainter painter() {
    return painter;
  }

  String text() {
    painter.flush();
    return written.toString(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    painter.flush();
    return written.toByteArray();
  }
}
