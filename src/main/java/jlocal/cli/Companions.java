package jlocal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import jlocal.app.AppPlan;
import jlocal.control.AppLock;
import jlocal.plan.Planner;
import jlocal.sleep.IdleMonitor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Creates the companions of an app from its start options. */
record Companions(StartOptions options, Context context, Planner planner, AppAddOns addOns) {
  static final String SLEEP = "--sleep";

  static OptionSpec sleepOption() {
    return Options.setting(
        Options.option(Duration.class, Converters::span, "TIME", SLEEP).defaultValue("0"));
  }

  /** Puts the app to sleep when it gets no requests; null if not requested. */
  static AppPlan.@Nullable Companion sleep(Values values) {
    Duration limit = values.get(SLEEP);
    return limit.isZero() ? null : running -> IdleMonitor.start(limit, running);
  }

  /**
   * Returns all companions.
   *
   * @param appLock null if the app cannot be controlled
   * @param notes receives what does not work without control
   */
  List<AppPlan.Companion> all(boolean hasRouter, @Nullable AppLock appLock, List<String> notes) {
    var all = new LinkedHashMap<String, AppPlan.@Nullable Companion>();
    all.put(
        WatchOptions.WATCH,
        options.watch().companion(options.request().app(), planner, options.log().files()));
    all.put(SLEEP, sleep(options.values()));
    all.put(MetricsOptions.NAMES, options.metrics().companion());
    all.put("--notify", options.notices());
    all.values().removeIf(Objects::isNull);
    if (appLock == null) {
      all.keySet().forEach(name -> notes.add(name + " does not work for this run either"));
    }
    var companions = new ArrayList<>(all.values());
    companions.add(addOns::runIn);
    var names = new NamesOptions(options.values()).companion(planner, hasRouter);
    if (names != null) companions.add(names);
    var releases = new AppReleases(options.request().app(), context.environment());
    companions.add(_ -> releases.recordQuietly("start"));
    companions.add(
        new DashboardCommand.InApp(
            options.values().is(DashboardCommand.INSPECT), options.request().app()));
    companions.add(_ -> new IsolateOptions(options.values()).clean());
    companions.add(new DrainsCommand.InApp(options.request().app().key(), context));
    var runs = new EarlierRuns(options.request().app().key(), context);
    if (options.values().is(LogOptions.HISTORY)) companions.add(runs::keep);
    return companions;
  }
}
