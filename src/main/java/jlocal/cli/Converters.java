package jlocal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts option values. The message of a {@link TypeConversionException} continues "--port: ".
 */
final class Converters {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d|)");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?");

  private Converters() {}

  static TypeConversionException invalid(String text, String what) {
    return new TypeConversionException("'" + Printable.of(text) + "' " + what);
  }

  /** Accepts whole numbers in a range. */
  static ITypeConverter<Integer> number(int least, int most) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) return number;
      } catch (NumberFormatException _) {
        // reported below, as a number out of range
      }
      throw invalid(text, "is not a number from " + least + " to " + most);
    };
  }

  /** Returns the constants of a type as option values: {@code on-crash}. */
  static <E extends Enum<E>> List<String> words(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  static <E extends Enum<E>> ITypeConverter<E> constant(Class<E> type) {
    List<String> words = words(type);
    return text -> type.getEnumConstants()[words.indexOf(word(text, words))];
  }

  /** Returns the matching word of a list, ignoring case. */
  static String word(String text, List<String> words) {
    String word = text.toLowerCase(Locale.ROOT);
    if (words.contains(word)) return word;
    throw invalid(text, "is not one of " + String.join(", ", words) + Nearest.hint(text, words));
  }

  static boolean yesOrNo(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw invalid(text, "is neither true nor false");
    };
  }

  static Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw invalid(text, "is not a number of seconds, such as 5 or 0.5");
    }
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }

  /** Parses {@code 90s}, {@code 30m}, or a number of seconds; empty is zero. */
  static Duration span(String text) {
    if (text.isEmpty()) return Duration.ZERO;
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) throw invalid(text, "is not a time, such as 30s or 5m");
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** Parses a path; null for a blank item of a list. */
  static @Nullable Path path(String text) {
    return text.isBlank() ? null : Path.of(text.strip());
  }

  /** Parses a type; null for a blank item of a list. */
  static @Nullable ProcessType type(String text) {
    if (text.isBlank()) return null;
    if (ProcessType.isName(text.strip())) return new ProcessType(text.strip());
    throw invalid(text, "is not a process type, such as web");
  }
}
