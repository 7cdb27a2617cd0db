package jlocal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Creates options and arguments for picocli, for those that occur more than once. Their
 * descriptions are in {@code help.properties}.
 */
final class Options {
  static final String DEBUG = "--debug";
  static final String HELP = "--help";
  static final String EXPLAIN = "--explain";
  static final String JSON = "--json";

  private static final Setting SETTING = new Setting("", "", "");

  private Options() {}

  /**
   * Marks an option that can also be an environment variable or in a settings file.
   *
   * @param opposite another name for one of its values, {@code --no-color}; empty for none
   * @param oppositeValue that value: {@code never}
   * @param alone the value of the option without one: {@code always}; empty if a value is required
   */
  record Setting(String opposite, String oppositeValue, String alone) {}

  static OptionSpec setting(OptionSpec.Builder option) {
    return option.userObject(SETTING).build();
  }

  /**
   * Creates a setting with an optional value: {@code --color}. The next word is its value only if
   * it is one of its words, or a number if it accepts any.
   */
  static OptionSpec setting(
      OptionSpec.Builder option, String alone, String opposite, String oppositeValue) {
    return option.userObject(new Setting(opposite, oppositeValue, alone)).build();
  }

  static OptionSpec switchSetting(String name, boolean byDefault) {
    OptionSpec.Builder option = flagBuilder(name).negatable(true);
    return setting(byDefault ? option.defaultValue("true") : option);
  }

  static OptionSpec flagSetting(String name) {
    return setting(flagBuilder(name));
  }

  /** Creates a flag, not a setting, that is on unless negated: {@code --no-name}. */
  static OptionSpec flagOn(String name) {
    return flagBuilder(name).negatable(true).defaultValue("true").build();
  }

  /** Creates a flag that is not a setting. */
  static OptionSpec flag(String... names) {
    return flagBuilder(names).usageHelp(List.of(names).contains(HELP)).build();
  }

  private static OptionSpec.Builder flagBuilder(String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        // else picocli would negate the default, which may come from a variable
        .fallbackValue("true")
        .converters(Converters::yesOrNo);
  }

  static <T> OptionSpec.Builder option(
      Class<T> type, ITypeConverter<T> converter, String label, String... names) {
    return OptionSpec.builder(names).type(type).converters(converter).paramLabel(label);
  }

  /** Creates an option whose values are the constants in lower case: {@code on-crash}. */
  static <E extends Enum<E>> OptionSpec.Builder choice(Class<E> type, String... names) {
    List<String> words = Converters.words(type);
    return option(type, Converters.constant(type), String.join("|", words), names)
        .completionCandidates(words);
  }

  static OptionSpec.Builder number(int least, int most, String... names) {
    return option(Integer.class, Converters.number(least, most), "N", names);
  }

  static OptionSpec.Builder seconds(String... names) {
    return option(Duration.class, Converters::seconds, "SECONDS", names);
  }

  static OptionSpec.Builder path(String label, String... names) {
    return option(Path.class, Path::of, label, names);
  }

  /** Creates a comma-separated list that can be given several times. */
  static OptionSpec.Builder list(ITypeConverter<?> converter, String label, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(Object.class)
        .splitRegex(",")
        .hideParamSyntax(true)
        .converters(converter)
        .paramLabel(label);
  }

  /** Accepts any number of arguments. */
  static PositionalParamSpec words(String label) {
    return words(label, "0..*");
  }

  static PositionalParamSpec words(String label, String arity) {
    return PositionalParamSpec.builder()
        .arity(arity)
        .required(!arity.startsWith("0"))
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .build();
  }

  /** Requires one argument. */
  static PositionalParamSpec.Builder word(String label) {
    return PositionalParamSpec.builder().arity("1").required(true).paramLabel(label);
  }

  /** Returns the first long name, for messages. */
  static String name(OptionSpec option) {
    for (String name : option.names()) if (name.startsWith("--")) return name;
    return option.longestName();
  }

  /** Returns the key in a settings file: {@code proxy-port}. */
  static String key(OptionSpec option) {
    return name(option).substring(2);
  }

  /** Returns how the option is marked as a setting; null for an option of the command line only. */
  static @Nullable Setting setting(OptionSpec option) {
    return option.userObject() instanceof Setting setting ? setting : null;
  }

  static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /** Returns the form for tables of options: {@code -p, --port N}, {@code --[no-]prefix}. */
  static String signature(OptionSpec option) {
    String names = String.join(", ", option.names());
    if (option.negatable()) names = names.replace("--", "--[no-]");
    return isFlag(option) ? names : names + " " + option.paramLabel();
  }
}
