package jlocal.ansi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The colours and attributes that are in effect in a text (SGR of ECMA-48, with the extensions of
 * xterm and kitty).
 */
public final class SgrState {
  private static final int SLOTS = 10;
  private static final int INTENSE = 0;
  private static final int FAINT = 1;
  private static final int ITALIC = 2;
  private static final int UNDERLINE = 3;
  private static final int BLINK = 4;
  private static final int INVERSE = 5;
  private static final int CONCEALED = 6;
  private static final int CROSSED = 7;
  private static final int FOREGROUND = 8;
  private static final int BACKGROUND = 9;
  private static final int NONE = -1;

  /** The maximum length of a parameter; the longest known is {@code 48:2::255:255:255}. */
  private static final int MAX_PARAMETER = 24;

  private final byte[][] slots = new byte[SLOTS][MAX_PARAMETER];
  private final int[] lengths = new int[SLOTS];
  private final byte[] sequence = new byte[3 + SLOTS * (MAX_PARAMETER + 1)];
  private int used;

  /** Whether any colour or attribute is in effect. */
  public boolean isSet() {
    return used != 0;
  }

  public void clear() {
    if (used == 0) return;
    Arrays.fill(lengths, 0);
    used = 0;
  }

  /** Applies the parameters of one sequence. */
  public void apply(byte[] parameters, int length) {
    int at = 0;
    while (at <= length) {
      int end = parameterEnd(parameters, at, length);
      int code = number(parameters, at, end);
      boolean extended = code == 38 || code == 48 || code == 58;
      if (extended && !hasColon(parameters, at, end)) end = colorEnd(parameters, end, length);
      apply(code, parameters, at, end);
      at = end + 1;
    }
  }

  /** Writes the sequence that restores this state to {@link #sequence()}; returns its length. */
  public int write() {
    int at = 0;
    sequence[at++] = 0x1b;
    sequence[at++] = '[';
    for (int slot = 0; slot < SLOTS; slot++) {
      if (lengths[slot] == 0) continue;
      System.arraycopy(slots[slot], 0, sequence, at, lengths[slot]);
      at += lengths[slot];
      sequence[at++] = ';';
    }
    sequence[at - 1] = 'm';
    return at;
  }

  public byte[] sequence() {
    return sequence;
  }

  /** Returns the CSS classes of this state: {@code b4}, {@code bold}, {@code dim}, {@code f1}. */
  List<String> classes() {
    var names = new ArrayList<String>();
    if (color(BACKGROUND) >= 0) names.add("b" + color(BACKGROUND));
    if (lengths[INTENSE] > 0) names.add("bold");
    if (lengths[FAINT] > 0) names.add("dim");
    if (color(FOREGROUND) >= 0) names.add("f" + color(FOREGROUND));
    return names;
  }

  /** Returns the index of one of the sixteen basic colours; -1 if none or another is set. */
  private int color(int slot) {
    if (lengths[slot] == 0) return -1;
    String[] codes = new String(slots[slot], 0, lengths[slot], US_ASCII).split("[;:]", -1);
    int code = Integer.parseInt(codes[0]);
    int index = codes.length > 2 && codes[1].equals("5") ? number(codes[2]) : -1;
    if (code == 38 || code == 48) return index < 16 ? index : -1;
    return code < 90 ? code % 10 : code % 10 + 8;
  }

  private static int number(String digits) {
    byte[] ascii = digits.getBytes(US_ASCII);
    return ascii.length == 0 ? -1 : number(ascii, 0, ascii.length);
  }

  private void apply(int code, byte[] parameters, int from, int end) {
    switch (code) {
      case 0 -> clear();
      case 22 -> {
        unset(INTENSE);
        unset(FAINT);
      }
      case 23, 24, 25, 27, 28, 29 -> unset(slot(code - 20));
      case 39 -> unset(FOREGROUND);
      case 49 -> unset(BACKGROUND);
      default -> {
        int slot = slot(code);
        if (slot != NONE) set(slot, parameters, from, end);
      }
    }
  }

  private static int slot(int code) {
    return switch (code) {
      case 1 -> INTENSE;
      case 2 -> FAINT;
      case 3 -> ITALIC;
      case 4, 21 -> UNDERLINE;
      case 5, 6 -> BLINK;
      case 7 -> INVERSE;
      case 8 -> CONCEALED;
      case 9 -> CROSSED;
      case 30, 31, 32, 33, 34, 35, 36, 37, 38, 90, 91, 92, 93, 94, 95, 96, 97 -> FOREGROUND;
      case 40, 41, 42, 43, 44, 45, 46, 47, 48 -> BACKGROUND;
      case 100, 101, 102, 103, 104, 105, 106, 107 -> BACKGROUND;
      default -> NONE;
    };
  }

  private void set(int slot, byte[] parameters, int from, int end) {
    if (end - from > MAX_PARAMETER) return;
    System.arraycopy(parameters, from, slots[slot], 0, end - from);
    if (lengths[slot] == 0) used++;
    lengths[slot] = end - from;
  }

  private void unset(int slot) {
    if (lengths[slot] != 0) used--;
    lengths[slot] = 0;
  }

  private static int parameterEnd(byte[] parameters, int from, int length) {
    int at = from;
    while (at < length && parameters[at] != ';') at++;
    return at;
  }

  /**
   * Returns the end of {@code 38;5;n} or {@code 38;2;r;g;b}, whose first parameter ends at {@code
   * end}.
   */
  private static int colorEnd(byte[] parameters, int end, int length) {
    if (end == length) return end;
    int modeEnd = parameterEnd(parameters, end + 1, length);
    int more = number(parameters, end + 1, modeEnd) == 2 ? 3 : 1;
    int at = modeEnd;
    while (more-- > 0 && at < length) at = parameterEnd(parameters, at + 1, length);
    return at;
  }

  private static boolean hasColon(byte[] parameters, int from, int end) {
    for (int at = from; at < end; at++) if (parameters[at] == ':') return true;
    return false;
  }

  private static int number(byte[] parameters, int from, int end) {
    int number = 0;
    for (int at = from; at < end && parameters[at] != ':'; at++) {
      number = Math.min(number * 10 + parameters[at] - '0', 10_000);
    }
    return number;
  }
}
