package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;
import jlocal.ansi.ByteScan;
import jlocal.ansi.SgrState;
import org.jspecify.annotations.Nullable;

/**
 * Renders the text of one source, and keeps the state of its line and colours while other sources
 * write.
 *
 * <p>A redraw (of a progress bar) replaces text that is still buffered. Once some state of the line
 * is in the terminal, later states are held back and shown on a line of their own, at most once a
 * second and when the line ends.
 */
final class LineRenderer implements AnsiParser.Listener {
  private static final long REDRAW_MILLIS = 1000;
  private static final int MAX_PENDING = 8 * 1024;
  private static final byte[] RESET = Palette.reset();

  private final OutputBuffer out;
  private final LogFormat.Text style;
  private final LineFitter fitter;
  private final AnsiParser parser;
  private final SgrState sgr = new SgrState();
  // The state of the line that is held back; null if none is.
  private @Nullable ByteArrayOutputStream pending;
  private Prefix prefix;
  private boolean unfinished;
  private boolean shown;
  private boolean colorsOpen;
  private long lineBegan;
  private long shownAt;

  LineRenderer(OutputBuffer out, LogFormat.Text style, Prefix prefix) {
    this.out = out;
    this.style = style;
    this.prefix = prefix;
    fitter = new LineFitter(this, style.fit());
    parser = new AnsiParser(style.fits() ? fitter : this);
  }

  void setPrefix(Prefix changed) {
    prefix = changed;
  }

  void lines(ByteBuffer in) {
    int at = in.position();
    int end = in.limit();
    if (unfinished) at = render(in, at, end);
    while (at < end) {
      if (!sgr.isSet() && !style.fits()) at = out.putLines(in, at, end, prefix, style.raw());
      if (at < end) at = render(in, at, end);
    }
  }

  void partial(ByteBuffer in, long now) {
    unfinished = true;
    int at = in.position();
    while (at < in.limit()) at = render(in, at, in.limit());
    if (pending == null) shownAt = now;
    else if (Math.abs(now - shownAt) >= REDRAW_MILLIS) showPending(now);
    if (pending == null) closeColors();
  }

  /** Shows the line that is held back, for nothing more has come for a while. */
  void stalled(long now) {
    if (pending == null) return;
    showPending(now);
    closeColors();
  }

  void ended() {
    sgr.clear();
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    openColors();
    limitPending(end - from);
    if (pending == null) {
      out.put(in, from, end);
    } else {
      var bytes = new byte[end - from];
      in.get(from, bytes);
      pending.writeBytes(bytes);
    }
  }

  @Override
  public void control(byte control) {
    openColors();
    put((byte) '^');
    put((byte) (control ^ 0x40));
  }

  @Override
  public void sgr(byte[] parameters, int length) {
    if (!style.color()) return;
    boolean written = pending != null || out.isOpenFor(this);
    if (written) {
      openColors();
      put((byte) 0x1b);
      put((byte) '[');
      put(parameters, length);
      put((byte) 'm');
    }
    sgr.apply(parameters, length);
    colorsOpen = written && sgr.isSet();
  }

  @Override
  public void redraw() {
    if (pending != null) {
      pending.reset();
    } else if (shown && !(out.isOpenFor(this) && out.rewind(lineBegan))) {
      closeColors();
      pending = new ByteArrayOutputStream();
    }
    colorsOpen = false;
  }

  @Override
  public void end() {
    showPending(shownAt);
    // A line that another source's line has ended is not ended twice.
    if (!shown || out.isOpenFor(this)) endLine();
    shown = false;
    unfinished = false;
  }

  /** Renders to the end of the line or of the text; returns the index after it. */
  private int render(ByteBuffer in, int from, int end) {
    if (!style.raw()) return parser.line(in, from, end);
    int next = ByteScan.afterLine(in, from, end);
    boolean whole = in.get(next - 1) == '\n';
    int textEnd = whole ? next - 1 : next;
    if (textEnd > from) text(in, from, textEnd);
    if (whole) end();
    return next;
  }

  private void endLine() {
    begin();
    closeColors();
    out.endLine();
  }

  /** Begins the line unless it is open or held back. */
  void begin() {
    if (pending == null && !out.isOpenFor(this)) beginLine();
  }

  int prefixColumns() {
    return prefix.columns();
  }

  /**
   * Continues on the next row; returns false if the line is held back, which must stay one line.
   */
  boolean wrap() {
    if (pending != null) return false;
    closeColors();
    out.beginLine(this, prefix.blank());
    fitter.begin(prefix.columns());
    return true;
  }

  private void beginLine() {
    out.beginLine(this, prefix);
    lineBegan = out.position();
    fitter.begin(prefix.columns());
    shown = true;
  }

  private void showPending(long now) {
    if (pending == null) return;
    ByteBuffer held = ByteBuffer.wrap(pending.toByteArray());
    pending = null;
    beginLine();
    out.put(held, 0, held.limit());
    shownAt = now;
  }

  private void limitPending(int bytes) {
    if (pending != null && pending.size() + bytes > MAX_PENDING) showPending(shownAt);
  }

  private void openColors() {
    begin();
    if (colorsOpen || !sgr.isSet()) return;
    put(sgr.sequence(), sgr.write());
    colorsOpen = true;
  }

  private void closeColors() {
    if (colorsOpen) put(RESET, RESET.length);
    colorsOpen = false;
  }

  private void put(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) put(bytes[i]);
  }

  private void put(byte b) {
    limitPending(1);
    if (pending == null) out.put(b);
    else pending.write(b);
  }
}
