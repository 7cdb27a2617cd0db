package jlocal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options and arguments as picocli has them, in short for those that occur more than once. Their
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
   * Marks an option that can also be given as an environment variable and in a settings file.
   *
   * @param opposite another name for one of its values, {@code --no-color}; empty for none
   * @param oppositeValue that value: {@code never}
   * @param alone the value it has without one: {@code always}; empty when it needs a value
   */
  record Setting(String opposite, String oppositeValue, String alone) {}

  static OptionSpec setting(OptionSpec.Builder option) {
    return option.userObject(SETTING).build();
  }

  /**
   * A setting that can stand without a value: {@code --color}. The next word is its value only when
   * it is one of the words it takes, or a number when it takes any.
   */
  static OptionSpec setting(
      OptionSpec.Builder option, String alone, String opposite, String oppositeValue) {
    return option.userObject(new Setting(opposite, oppositeValue, alone)).build();
  }

  static OptionSpec switchSetting(String name, boolean byDefault) {
    String value = Boolean.toString(byDefault);
    return setting(flagBuilder(name).negatable(true).defaultValue(value));
  }

  static OptionSpec flagSetting(String name) {
    return setting(flagBuilder(name));
  }

  /** A flag of this one call that is on unless it is negated: {@code --no-name}. */
  static OptionSpec flagOn(String name) {
    return flagBuilder(name).negatable(true).defaultValue("true").build();
  }

  /** A flag of this one call. */
  static OptionSpec flag(String... names) {
    return flagBuilder(names).usageHelp(List.of(names).contains(HELP)).build();
  }

  private static OptionSpec.Builder flagBuilder(String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .defaultValue("false")
        // else picocli would negate the default, which may come from a variable
        .fallbackValue("true")
        .converters(Converters::yesOrNo);
  }

  static <T> OptionSpec.Builder option(
      Class<T> type, ITypeConverter<T> converter, String label, String... names) {
    return OptionSpec.builder(names).type(type).converters(converter).paramLabel(label);
  }

  /** An option whose value is one of the constants, in lower case: {@code on-crash}. */
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

  /** A list with commas between its items, which can be given several times. */
  static OptionSpec.Builder list(ITypeConverter<?> converter, String label, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(Object.class)
        .splitRegex(",")
        .hideParamSyntax(true)
        .converters(converter)
        .paramLabel(label);
  }

  /** Any number of arguments. */
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

  /** One argument that must be there. */
  static PositionalParamSpec.Builder word(String label) {
    return PositionalParamSpec.builder().arity("1").required(true).paramLabel(label);
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
