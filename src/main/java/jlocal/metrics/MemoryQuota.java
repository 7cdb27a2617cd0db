package jlocal.metrics;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * The memory quota of an instance.
 *
 * @param bytes more than this is R14
 * @param limit more than this, in bytes, is R15
 */
public record MemoryQuota(long bytes, long limit) {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([MG])(?:I?B)?");
  private static final long MB = 1 << 20;

  /** Heroku's error code for the memory an instance uses. */
  public enum Level {
    WITHIN,
    R14,
    R15
  }

  /**
   * Parses a size such as {@code 512M} or {@code 1.5G}, or the name of a dyno size such as {@code
   * standard-2x}.
   *
   * @return null if it is neither
   */
  public static @Nullable MemoryQuota of(String size) {
    Matcher number = SIZE.matcher(size.toUpperCase(Locale.ROOT));
    if (!number.matches()) return ofDyno(size.toLowerCase(Locale.ROOT));
    double unit = number.group(2).equals("G") ? 1024 * MB : MB;
    long bytes = Math.round(Double.parseDouble(number.group(1)) * unit);
    return bytes < MB ? null : new MemoryQuota(bytes, 2 * bytes);
  }

  private static @Nullable MemoryQuota ofDyno(String name) {
    for (String line : ResourceTable.lines(MemoryQuota.class, "dyno-sizes.txt")) {
      String[] columns = line.split(" +", 3);
      if (!columns[0].equals(name)) continue;
      long bytes = Long.parseLong(columns[1]) * MB;
      return new MemoryQuota(bytes, Math.round(bytes * Double.parseDouble(columns[2])));
    }
    return null;
  }

  Level level(long used) {
    if (used > limit) return Level.R15;
    return used > bytes ? Level.R14 : Level.WITHIN;
  }
}
