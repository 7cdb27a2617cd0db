package jlocal.cli;

import java.time.Duration;
import jlocal.app.AppPlan.Companion;
import jlocal.sleep.Sleep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code start --sleep} says. */
record SleepOptions(Values values) {
  static final String SLEEP = "--sleep";

  static OptionSpec option() {
    return Options.setting(
        Options.option(Duration.class, Converters::span, "TIME", SLEEP).defaultValue("0"));
  }

  /** Puts the app to sleep when it gets no requests; null when that was not asked for. */
  @Nullable Companion companion() {
    Duration limit = values.get(SLEEP);
    return limit.isZero() ? null : running -> Sleep.start(limit, running);
  }
}
