package jlocal.ansi;

import java.nio.ByteBuffer;

/**
 * Decodes text with control sequences. This class is the policy for the output of processes: text,
 * TAB, colours and attributes (SGR), redraws of a line and lone control characters are passed on;
 * every other sequence (cursor movement, erasure, titles, modes, strings) is dropped, since it
 * could overwrite the lines of others. {@code --raw} bypasses it. Follows ECMA-48 and xterm: ESC,
 * CSI, OSC, DCS, APC, PM and SOS sequences, the 8-bit C1 controls in UTF-8, and C0 controls. Keeps
 * its state between calls, so input may be split anywhere.
 *
 * <p>A sequence ends at the end of its line at the latest, so a broken one hides no more than that.
 */
public final class AnsiParser {
  /** Receives the decoded text. */
  public interface Listener {
    /** Bytes to show unchanged: printable, TAB, or invalid UTF-8. */
    void text(ByteBuffer in, int from, int end);

    /** A C0 control or DEL outside a sequence. */
    void control(byte control);

    /**
     * A colour or attribute sequence (Select Graphic Rendition): {@code ESC [ … m}.
     *
     * @param parameters digits, ; and :
     * @param length how many of the bytes are in use
     */
    void sgr(byte[] parameters, int length);

    /** The line shown so far is about to be overwritten, as by a progress bar. */
    void redraw();

    /** The LF of the line. */
    void end();
  }

  private enum State {
    TEXT,
    C1_LEAD,
    ESCAPE,
    ESCAPE_MIDDLE,
    CONTROL_SEQUENCE,
    STRING,
    STRING_C1_LEAD,
    STRING_ESCAPE
  }

  private static final int MAX_SGR = 64;
  private static final byte ESC = 0x1b;
  private static final byte BEL = 0x07;
  private static final byte CANCEL = 0x18;
  private static final byte SUBSTITUTE = 0x1a;

  private final Listener listener;
  private final ByteBuffer lead = ByteBuffer.allocate(1).put(0, ByteScan.C1_LEAD);
  private final byte[] parameters = new byte[MAX_SGR];
  private int length;
  private boolean unsupported;
  private boolean returned;
  private boolean loneLead;
  private State state = State.TEXT;

  public AnsiParser(Listener listener) {
    this.listener = listener;
  }

  /**
   * Parses to the end of the line or of the input; returns the index after the last byte parsed.
   */
  public int line(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      if (state == State.TEXT) at = text(in, at, end);
      if (at == end) break;
      byte b = in.get(at);
      if (b == '\n' && state != State.C1_LEAD) {
        state = State.TEXT;
        returned = false;
        loneLead = false;
        listener.end();
        return at + 1;
      }
      if (step(b)) at++;
    }
    return at;
  }

  private int text(ByteBuffer in, int from, int end) {
    int stop = ByteScan.firstSpecial(in, from, end);
    if (stop > from) show(in, from, stop);
    return stop;
  }

  private void show(ByteBuffer in, int from, int end) {
    redrawIfReturned();
    int start = from;
    // Dropping a sequence after a lone lead byte must not join the two halves of a C1 control.
    while (loneLead && start < end && isC1(in.get(start))) start++;
    if (start == end) return;
    loneLead = false;
    listener.text(in, start, end);
  }

  private static boolean isC1(byte b) {
    return b < (byte) 0xa0;
  }

  private void redrawIfReturned() {
    if (!returned) return;
    returned = false;
    listener.redraw();
  }

  /** Handles one byte; returns false if it must be handled again in the new state. */
  private boolean step(byte b) {
    return switch (state) {
      case TEXT -> startSequence(b);
      case C1_LEAD -> afterLead(b);
      case ESCAPE -> afterEscape(b);
      case ESCAPE_MIDDLE -> inEscape(b);
      case CONTROL_SEQUENCE -> inControlSequence(b);
      case STRING -> inString(b);
      case STRING_C1_LEAD -> stringEnds(b, (byte) 0x9c);
      case STRING_ESCAPE -> stringEnds(b, (byte) '\\') || startEscape();
    };
  }

  private boolean startSequence(byte b) {
    switch (b) {
      case ESC -> state = State.ESCAPE;
      case ByteScan.C1_LEAD -> state = State.C1_LEAD;
      case '\r' -> returned = true;
      default -> {
        redrawIfReturned();
        loneLead = false;
        listener.control(b);
      }
    }
    return true;
  }

  private boolean afterLead(byte b) {
    if (!isC1(b)) {
      show(lead, 0, 1);
      loneLead = true;
      state = State.TEXT;
      return false;
    }
    switch (b & 0xff) {
      case 0x9b -> begin();
      case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> state = State.STRING;
      default -> state = State.TEXT;
    }
    return true;
  }

  private boolean afterEscape(byte b) {
    switch (b) {
      case ESC -> {}
      case '[' -> begin();
      case ']', 'P', 'X', '^', '_', 'k' -> state = State.STRING;
      default -> {
        return inEscape(b);
      }
    }
    return true;
  }

  private boolean inEscape(byte b) {
    boolean middle = b >= ' ' && b < '0';
    state = middle ? State.ESCAPE_MIDDLE : State.TEXT;
    return b >= ' ' && b < 0x7f;
  }

  private void begin() {
    state = State.CONTROL_SEQUENCE;
    length = 0;
    unsupported = false;
  }

  private boolean inControlSequence(byte b) {
    if (b >= '@' && b < 0x7f) {
      state = State.TEXT;
      finish(b);
    } else if (b == ESC) {
      state = State.ESCAPE;
    } else if (b < 0 || b == CANCEL || b == SUBSTITUTE) {
      state = State.TEXT;
      return b >= 0;
    } else if (b == '\r') {
      returned = true;
    } else if (b >= ' ') {
      parameter(b);
    }
    return true;
  }

  private void parameter(byte b) {
    boolean fits = length < MAX_SGR && b >= '0' && b <= ';';
    if (fits) parameters[length++] = b;
    else unsupported = true;
  }

  private void finish(byte last) {
    if (unsupported) return;
    switch (last) {
      case 'm' -> listener.sgr(parameters, length);
      // To the first column, as Node's readline and spinners return.
      case 'G' -> returned |= length == 0 || (length == 1 && parameters[0] <= '1');
      // Erases the line after a return.
      case 'K', 'J' -> redrawIfReturned();
      default -> {}
    }
  }

  private boolean inString(byte b) {
    switch (b) {
      case BEL, CANCEL, SUBSTITUTE -> state = State.TEXT;
      case ESC -> state = State.STRING_ESCAPE;
      case ByteScan.C1_LEAD -> state = State.STRING_C1_LEAD;
      default -> {}
    }
    return true;
  }

  private boolean stringEnds(byte b, byte terminator) {
    state = b == terminator ? State.TEXT : State.STRING;
    return b == terminator;
  }

  /** An ESC that does not end the string begins another sequence. */
  private boolean startEscape() {
    state = State.ESCAPE;
    return false;
  }
}
