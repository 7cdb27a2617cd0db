package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;
import jlocal.ansi.ByteScan;
import jlocal.ansi.SgrState;
import org.jspecify.annotations.Nullable;

/**
 * Renders the text of one source: keeps the state of its line and colours while others write.
 *
 * <p>A redraw (a progress bar) replaces what is not written out yet. Once a state of the line
 * stands in the terminal, later states are held back and shown on a line of their own, at most once
 * a second and when the line ends.
 */
final class LineRenderer implements AnsiParser.Listener {
  private static final long REDRAW_MILLIS = 1000;
  private static final int MAX_PENDING = 8 * 1024;
  private static final byte[] OFF = Palette.off();

  private final OutputBuffer out;
  private final LogForm.Text style;
  private final LineFitter fitting;
  private final AnsiParser parser;
  private final SgrState sgr = new SgrState();
  // A state of the line that is not shown yet; null when none is held back.
  private @Nullable ByteArrayOutputStream pending;
  private Prefix prefix;
  private boolean unfinished;
  private boolean shown;
  private boolean colorsOpen;
  private long lineBegan;
  private long shownAt;

  LineRenderer(OutputBuffer out, LogForm.Text style, Prefix prefix) {
    this.out = out;
    this.style = style;
    this.prefix = prefix;
    fitting = new LineFitter(this, style.fit());
    parser = new AnsiParser(style.fits() ? fitting : this);
  }

  void use(Prefix changed) {
    prefix = changed;
  }

  void lines(ByteBuffer in) {
    int at = in.position();
    int end = in.limit();
    if (unfinished) at = paint(in, at, end);
    while (at < end) {
      if (!sgr.isSet() && !style.fits()) at = out.putLines(in, at, end, prefix, style.raw());
      if (at < end) at = paint(in, at, end);
    }
  }

  void partial(ByteBuffer in, long now) {
    unfinished = true;
    int at = in.position();
    while (at < in.limit()) at = paint(in, at, in.limit());
    if (pending == null) shownAt = now;
    else if (Math.abs(now - shownAt) >= REDRAW_MILLIS) showHeld(now);
    if (pending == null) closeColors();
  }

  /** Nothing more came for a while: what is held back is the last word for now. */
  void stalled(long now) {
    if (pending == null) return;
    showHeld(now);
    closeColors();
  }

  void ended() {
    sgr.clear();
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    openColors();
    makeRoom(end - from);
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
    showHeld(shownAt);
    // A line that another one ended is not ended twice.
    if (!shown || out.isOpenFor(this)) endLine();
    shown = false;
    unfinished = false;
  }

  /** Paints to the end of the line or of the text; the index after that. */
  private int paint(ByteBuffer in, int from, int end) {
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

  /** Begins the line unless it stands open, or is held back. */
  void begin() {
    if (pending == null && !out.isOpenFor(this)) beginLine();
  }

  int prefixColumns() {
    return prefix.columns();
  }

  /** Goes on below; false when the line is held back, so that it must stay one. */
  boolean wrap() {
    if (pending != null) return false;
    closeColors();
    out.beginLine(this, prefix.blank());
    fitting.begin(prefix.columns());
    return true;
  }

  private void beginLine() {
    out.beginLine(this, prefix);
    lineBegan = out.position();
    fitting.begin(prefix.columns());
    shown = true;
  }

  private void showHeld(long now) {
    if (pending == null) return;
    ByteBuffer held = ByteBuffer.wrap(pending.toByteArray());
    pending = null;
    beginLine();
    out.put(held, 0, held.limit());
    shownAt = now;
  }

  private void makeRoom(int bytes) {
    if (pending != null && pending.size() + bytes > MAX_PENDING) showHeld(shownAt);
  }

  private void openColors() {
    begin();
    if (colorsOpen || !sgr.isSet()) return;
    put(sgr.sequence(), sgr.write());
    colorsOpen = true;
  }

  private void closeColors() {
    if (colorsOpen) put(OFF, OFF.length);
    colorsOpen = false;
  }

  private void put(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) put(bytes[i]);
  }

  private void put(byte b) {
    makeRoom(1);
    if (pending == null) out.put(b);
    else pending.write(b);
  }
}
