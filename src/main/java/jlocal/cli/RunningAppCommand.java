package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.os.WarmUp;

/** A command that asks the running app through its control socket. */
abstract class RunningAppCommand extends SimpleCommand {
  RunningAppCommand(String name, String... aliases) {
    super(name, aliases);
  }

  List<OptionGroup> ownOptions() {
    return List.of();
  }

  @Override
  final List<OptionGroup> options() {
    var groups = new ArrayList<>(ownOptions());
    groups.add(new OptionGroup("Which app", AppOptions.procfile(), AppOptions.root()));
    return groups;
  }

  @Override
  void prepare() {
    WarmUp.forCalls();
  }

  @Override
  final int run(Values values, Context context) throws Exception {
    return ask(new AppClient(AppOptions.from(values), context), values, context);
  }

  /** Asks the app and prints the answer; returns the exit status of jlocal. */
  abstract int ask(AppClient app, Values values, Context context) throws Exception;
}
