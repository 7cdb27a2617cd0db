package jlocal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** Building blocks of options, on top of picocli's {@link OptionSpec}. */
final class Options {
  /** The heading of options that are not about the subject of a command. */
  static final String OTHER = "Other";

  static final String DEBUG = "--debug";
  static final String HELP = "--help";
  static final String EXPLAIN = "--explain";
  static final String JSON = "--json";

  private Options() {}

  /**
   * Marks an option that can also be given as an environment variable and in a settings file.
   *
   * @param opposite another name for one of its values, {@code --no-color}; empty for none
   * @param oppositeValue that value: {@code never}
   * @param alone the value it has without one: {@code always}; empty when it needs a value
   */
  record Setting(String opposite, String oppositeValue, String alone) {}

  private static final Setting SETTING = new Setting("", "", "");

  /** An option with a value that can also be a setting. */
  static OptionSpec.Builder setting(String... names) {
    return OptionSpec.builder(names).userObject(SETTING);
  }

  /** An option {@code --[no-]name} that can also be a setting. */
  static OptionSpec switchSetting(String name, boolean byDefault, String description) {
    return flag(name, description)
        .userObject(SETTING)
        .negatable(true)
        .defaultValue(Boolean.toString(byDefault))
        .build();
  }

  /** A flag that can also be a setting. */
  static OptionSpec flagSetting(String name, String description) {
    return flag(name, description).userObject(SETTING).build();
  }

  /** A flag of this one call. */
  static OptionSpec.Builder flag(String names, String description) {
    return OptionSpec.builder(names.split(", "))
        .type(boolean.class)
        .arity("0")
        .defaultValue("false")
        // else picocli would negate the default, which may come from a variable
        .fallbackValue("true")
        .converters(Converters::yesOrNo)
        .description(description);
  }

  /** An option whose value may be one of the constants, in lower case: {@code on-crash}. */
  static <E extends Enum<E>> OptionSpec.Builder choice(OptionSpec.Builder option, Class<E> type) {
    List<String> words = Converters.words(type);
    return option
        .type(type)
        .converters(Converters.constant(type))
        .completionCandidates(words)
        .paramLabel(String.join("|", words));
  }

  static OptionSpec.Builder number(OptionSpec.Builder option, int least, int most) {
    return option.type(Integer.class).converters(Converters.number(least, most)).paramLabel("N");
  }

  /** A list with commas between its items, which can be given several times. */
  static <T> OptionSpec.Builder list(OptionSpec.Builder option, ITypeConverter<T> converter) {
    return option
        .type(List.class)
        .auxiliaryTypes(Object.class)
        .splitRegex(",")
        .hideParamSyntax(true)
        .converters(converter);
  }

  /**
   * Lets an option stand without a value: {@code --color}. The next word is its value only when it
   * is one of the words it takes, or a number when it takes any.
   *
   * @param alone the value it has then
   * @param opposite a name for {@code oppositeValue}: {@code --no-color}
   */
  static OptionSpec.Builder optionalValue(
      OptionSpec.Builder option, String alone, String opposite, String oppositeValue) {
    return option.userObject(new Setting(opposite, oppositeValue, alone));
  }

  static OptionSpec debug() {
    return flag(DEBUG, "show a stack trace with an error").userObject(SETTING).build();
  }

  static OptionSpec help() {
    return flag("-h, " + HELP, "print this help").usageHelp(true).build();
  }

  static OptionSpec json() {
    return flag(JSON, "print JSON, for programs").build();
  }

  static OptionSpec noWait() {
    return flag("--no-wait", "return at once, not when all is up").build();
  }

  /** The first long name, which messages use. */
  static String name(OptionSpec option) {
    for (String name : option.names()) if (name.startsWith("--")) return name;
    return option.longestName();
  }

  /** Its name in a settings file: {@code proxy-port}. */
  static String key(OptionSpec option) {
    return name(option).substring(2);
  }

  /** How it is marked as a setting; null for an option of the command line only. */
  static @Nullable Setting setting(OptionSpec option) {
    return option.userObject() instanceof Setting setting ? setting : null;
  }

  static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /** As in a table of options: {@code -p, --port N}, {@code --[no-]prefix}. */
  static String signature(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (option.negatable()) names = names.replace("--", "--[no-]");
    return isFlag(option) ? names : names + " " + option.paramLabel();
  }
}
