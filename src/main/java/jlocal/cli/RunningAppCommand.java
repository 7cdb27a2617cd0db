package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.os.WarmUp;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command that asks the running app, over its control socket. */
abstract class RunningAppCommand extends Subcommand<Values> {
  RunningAppCommand(String summary, String name, String... aliases) {
    super(summary, name, aliases);
  }

  /** The options of its own, and the heading they have in the help. */
  OptionGroup ownOptions() {
    return new OptionGroup("Order", List.of());
  }

  @Override
  final List<OptionGroup> options() {
    var groups = new ArrayList<OptionGroup>();
    OptionGroup own = ownOptions();
    if (!own.options().isEmpty()) groups.add(own);
    groups.add(AppOptions.whichApp());
    return groups;
  }

  @Override
  void prepare() {
    WarmUp.forCalls();
  }

  @Override
  final Values read(Values values) {
    return values;
  }

  @Override
  final int run(Values values, Context context) throws Exception {
    return ask(new AppClient(AppOptions.from(values), context), values, context);
  }

  /**
   * Asks the app and prints the answer.
   *
   * @return the exit status of jlocal
   */
  abstract int ask(AppClient app, Values values, Context context) throws Exception;

  /** Any number of words. */
  static PositionalParamSpec words(String label) {
    return PositionalParamSpec.builder()
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .build();
  }

  static OptionGroup order(OptionSpec... options) {
    return new OptionGroup("Order", List.of(options));
  }
}
