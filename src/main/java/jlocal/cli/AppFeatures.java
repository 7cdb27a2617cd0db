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

/** Creates the features beside an app from its start options. */
record AppFeatures(StartOptions options, Context context, Planner planner, AppAddOns addOns) {
  static final String SLEEP = "--sleep";

  static OptionSpec sleepOption() {
    return Options.setting(
        Options.option(Duration.class, Converters::span, "TIME", SLEEP).defaultValue("0"));
  }

  /** Puts the app to sleep when it gets no requests; null if not requested. */
  static AppPlan.@Nullable Feature sleep(Values values) {
    Duration limit = values.get(SLEEP);
    return limit.isZero() ? null : running -> IdleMonitor.start(limit, running);
  }

  /**
   * Returns all features.
   *
   * @param appLock null if the app cannot be controlled
   * @param notes receives what does not work without control
   */
  List<AppPlan.Feature> all(boolean hasRouter, @Nullable AppLock appLock, List<String> notes) {
    var all = new LinkedHashMap<String, AppPlan.@Nullable Feature>();
    all.put(
        WatchOptions.WATCH,
        options.watch().feature(options.request().app(), planner, options.log().files()));
    all.put(SLEEP, sleep(options.values()));
    all.put(MetricsOptions.NAMES, options.metrics().feature());
    all.put("--notify", options.notices());
    all.values().removeIf(Objects::isNull);
    if (appLock == null) {
      all.keySet().forEach(name -> notes.add(name + " does not work for this run either"));
    }
    var features = new ArrayList<>(all.values());
    features.add(addOns::runIn);
    var names = new NamesOptions(options.values()).feature(planner, hasRouter);
    if (names != null) features.add(names);
    var releases = new AppReleases(options.request().app(), context.environment());
    features.add(_ -> releases.recordQuietly("start"));
    features.add(
        new DashboardCommand.InApp(
            options.values().is(DashboardCommand.INSPECT), options.request().app()));
    features.add(_ -> new IsolateOptions(options.values()).clean());
    features.add(new DrainsCommand.InApp(options.request().app().key(), context));
    var runs = new EarlierRuns(options.request().app().key(), context);
    if (options.values().is(LogOptions.HISTORY)) features.add(runs::keep);
    return features;
  }
}
