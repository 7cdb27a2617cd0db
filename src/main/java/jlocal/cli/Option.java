package jlocal.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One option: what it is called on the command line, in the environment and in the settings file,
 * and what it takes. The default is written as the user would write it. No record: each is equal to
 * itself only, and the JVM takes 10 ms to make up a record's first hash.
 */
final class Option<T> {
  private static final String DEFAULT = " (default: ";
  private static final Ways VALUE = new Ways(null, null, "", true, List.of());
  private static final Ways FLAG = new Ways("true", null, "", true, List.of());
  private static final Ways ONCE = new Ways("true", null, "", false, List.of());

  private final List<String> names;
  private final Kind<T> kind;
  private final String fallback;
  private final String help;
  private final Ways ways;

  private Option(List<String> names, Kind<T> kind, String fallback, String help, Ways ways) {
    this.names = List.copyOf(names);
    this.kind = kind;
    this.fallback = fallback;
    this.help = help;
    this.ways = ways;
  }

  /**
   * How an option can be given.
   *
   * @param alone the text it has when it stands without a value; null when it needs one
   * @param opposite the name that stands for {@code oppositeText}: {@code --no-color}; null for
   *     none
   * @param setting whether it can also come from the environment and the settings file
   * @param aliases those of the names that other tools have for it
   */
  record Ways(
      @Nullable String alone,
      @Nullable String opposite,
      String oppositeText,
      boolean setting,
      List<String> aliases) {}

  /** {@code --port N}. */
  static <T> Option<T> of(String names, Kind<T> kind, String fallback, String help) {
    return new Option<>(split(names), kind, fallback, help, VALUE);
  }

  /** {@code --timestamp} and its opposite {@code --no-timestamp}: off unless it is given. */
  static Option<Boolean> off(String name, String help) {
    return new Option<>(List.of(name), Kind.FLAG, "false", help, onOff(name));
  }

  /** {@code --prefix}, on unless {@code --no-prefix} is given; the help tells what that does. */
  static Option<Boolean> on(String name, String help) {
    return new Option<>(List.of(name), Kind.FLAG, "true", help, onOff(name));
  }

  /** {@code --no-proxy}: off unless it is given, and nothing to turn it off again. */
  static Option<Boolean> flag(String name, String help) {
    return new Option<>(List.of(name), Kind.FLAG, "false", help, FLAG);
  }

  /** {@code --json}: about this one call, so never a setting. */
  static Option<Boolean> once(String names, String help) {
    return new Option<>(split(names), Kind.FLAG, "false", help, ONCE);
  }

  /** {@code --port N}, about this one call, so never a setting. */
  static <T> Option<T> valueOnce(String names, Kind<T> kind, String fallback, String help) {
    return new Option<>(
        split(names), kind, fallback, help, new Ways(null, null, "", false, List.of()));
  }

  /** The same option, which may stand alone, and whose opposite means something, too. */
  Option<T> alone(String text, String opposite, String oppositeText) {
    var more = new Ways(text, opposite, oppositeText, true, ways.aliases);
    return new Option<>(names, kind, fallback, help, more);
  }

  /** The same option under more names, which other tools have for it. */
  Option<T> also(String aliases) {
    var all = Stream.concat(names.stream(), split(aliases).stream()).toList();
    var more = new Ways(ways.alone, ways.opposite, ways.oppositeText, ways.setting, split(aliases));
    return new Option<>(all, kind, fallback, help, more);
  }

  /** Short ones first, aliases last. */
  List<String> names() {
    return names;
  }

  /** What it takes, and how a text becomes that. */
  Kind<T> kind() {
    return kind;
  }

  /** The text that stands when nothing was given. */
  String fallback() {
    return fallback;
  }

  /** What it does, without a full stop. */
  String help() {
    return help;
  }

  /** How it can be given besides {@code --name value}. */
  Ways ways() {
    return ways;
  }

  private static Ways onOff(String name) {
    return new Ways("true", "--no-" + name.substring(2), "false", true, List.of());
  }

  private static List<String> split(String names) {
    return List.of(names.split(", "));
  }

  /** Whether it never takes a value. */
  boolean isFlag() {
    return kind.label().isEmpty();
  }

  /** The first long name: what messages call it. */
  String name() {
    return names.stream().filter(name -> name.startsWith("--")).findFirst().orElseThrow();
  }

  /** Its name in a settings file: {@code proxy-port}. */
  String key() {
    return name().substring(2);
  }

  /** All its names in a settings file and, by {@link #variable}, in the environment. */
  List<String> spellings() {
    if (!ways.setting) return List.of();
    String opposite = ways.opposite;
    var all =
        opposite == null ? names.stream() : Stream.concat(names.stream(), Stream.of(opposite));
    return all.filter(name -> name.startsWith("--")).map(name -> name.substring(2)).toList();
  }

  /**
   * What a text under one of the {@link #spellings} means: {@code no-color: true} is {@code color:
   * never}.
   */
  String textOf(String spelling, String text) {
    if (!("--" + spelling).equals(ways.opposite) || text.isEmpty()) return text;
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "false", "no", "off", "0" -> String.valueOf(ways.alone);
      default -> ways.oppositeText;
    };
  }

  /** The environment variable of a settings key: {@code JLOCAL_PROXY_PORT}. */
  static String variable(String key) {
    return "JLOCAL_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The names its help shows first: of a flag that is on, the one that turns it off. */
  List<String> shownNames() {
    String opposite = ways.opposite;
    if (opposite != null && fallback.equals("true")) return List.of(opposite);
    return names.stream().filter(name -> !ways.aliases.contains(name)).toList();
  }

  /** As in a table of options: {@code -p, --port N}. */
  String signature() {
    String shown = String.join(", ", shownNames());
    return isFlag() ? shown : shown + " " + kind.label();
  }

  /** What holds when nothing was given, in the words of the help; empty when that is nothing. */
  String defaultText() {
    int from = help.indexOf(DEFAULT);
    return from < 0 ? fallback : help.substring(from + DEFAULT.length(), help.length() - 1);
  }

  /** The help with its default and its other names. */
  String fullHelp() {
    boolean told = help.contains(DEFAULT) || fallback.isEmpty() || isFlag();
    String also = ways.aliases.isEmpty() ? "" : "; also " + String.join(", ", ways.aliases);
    return told ? help + also : help + DEFAULT + fallback + ")" + also;
  }
}
