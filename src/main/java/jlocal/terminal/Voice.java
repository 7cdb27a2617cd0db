package jlocal.terminal;

import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;
import jlocal.ansi.ByteScan;
import jlocal.ansi.SgrState;

/**
 * Paints the text of one source: keeps where its line and its colours stand while others speak.
 *
 * <p>A redraw (a progress bar) replaces what is not written out yet. Once a state of the line
 * stands in the terminal, later states are held back and shown on a line of their own, at most once
 * a second and when the line ends.
 */
final class Voice implements AnsiParser.Listener {
  private static final long REDRAW_MILLIS = 1000;
  private static final byte[] OFF = Palette.off();

  private final Sheet sheet;
  private final LogStyle style;
  private final Fitting fitting;
  private final AnsiParser parser;
  private final SgrState sgr = new SgrState();
  private final Held held = new Held();
  private Prefix prefix;
  private boolean unfinished;
  private boolean shown;
  private boolean lit;
  private long lineBegan;
  private long shownAt;

  Voice(Sheet sheet, LogStyle style, Prefix prefix) {
    this.sheet = sheet;
    this.style = style;
    this.prefix = prefix;
    fitting = new Fitting(this, style.fit());
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
      if (!sgr.isSet() && !style.fits()) at = sheet.putLines(in, at, end, prefix, style.raw());
      if (at < end) at = paint(in, at, end);
    }
  }

  void partial(ByteBuffer in, long now) {
    unfinished = true;
    int at = in.position();
    while (at < in.limit()) at = paint(in, at, in.limit());
    if (!held.isOn()) shownAt = now;
    else if (Math.abs(now - shownAt) >= REDRAW_MILLIS) showHeld(now);
    if (!held.isOn()) lightsOff();
  }

  /** Nothing more came for a while: what is held back is the last word for now. */
  void stalled(long now) {
    if (!held.isOn()) return;
    showHeld(now);
    lightsOff();
  }

  void ended() {
    sgr.clear();
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    lightsOn();
    if (held.isOn() && !held.fits(end - from)) showHeld(shownAt);
    if (held.isOn()) held.put(in, from, end);
    else sheet.put(in, from, end);
  }

  @Override
  public void control(byte control) {
    lightsOn();
    put((byte) '^');
    put((byte) (control ^ 0x40));
  }

  @Override
  public void sgr(byte[] parameters, int length) {
    if (!style.color()) return;
    boolean written = held.isOn() || sheet.isOpenFor(this);
    if (written) {
      lightsOn();
      put((byte) 0x1b);
      put((byte) '[');
      put(parameters, length);
      put((byte) 'm');
    }
    sgr.apply(parameters, length);
    lit = written && sgr.isSet();
  }

  @Override
  public void redraw() {
    if (held.isOn()) {
      held.clear();
    } else if (shown && !(sheet.isOpenFor(this) && sheet.rewind(lineBegan))) {
      lightsOff();
      held.on();
    }
    lit = false;
  }

  @Override
  public void end() {
    if (held.isOn()) showHeld(shownAt);
    // A line that another one ended is not ended twice.
    if (!shown || sheet.isOpenFor(this)) endLine();
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
    lightsOff();
    sheet.endLine();
  }

  /** Begins the line unless it stands open, or is held back. */
  void begin() {
    if (!held.isOn() && !sheet.isOpenFor(this)) beginLine();
  }

  int prefixColumns() {
    return prefix.columns();
  }

  /** Goes on below; false when the line is held back, so that it must stay one. */
  boolean wrap() {
    if (held.isOn()) return false;
    lightsOff();
    sheet.beginLine(this, prefix.blank());
    fitting.begin(prefix.columns());
    return true;
  }

  private void beginLine() {
    sheet.beginLine(this, prefix);
    lineBegan = sheet.position();
    fitting.begin(prefix.columns());
    shown = true;
  }

  private void showHeld(long now) {
    beginLine();
    held.moveTo(sheet);
    shownAt = now;
  }

  private void lightsOn() {
    begin();
    if (lit || !sgr.isSet()) return;
    put(sgr.sequence(), sgr.write());
    lit = true;
  }

  private void lightsOff() {
    if (lit) put(OFF, OFF.length);
    lit = false;
  }

  private void put(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) put(bytes[i]);
  }

  private void put(byte b) {
    if (held.isOn() && !held.fits(1)) showHeld(shownAt);
    if (held.isOn()) held.put(b);
    else sheet.put(b);
  }
}
