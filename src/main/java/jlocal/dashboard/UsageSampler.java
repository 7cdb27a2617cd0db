package jlocal.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import jlocal.app.RunningApp;
import jlocal.control.AppInfo;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.formation.AppDefinition;
import jlocal.formation.TypeSettings;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.procfile.ProcessType;

/** Measures the processes, at most twice a second for all pages together. */
final class UsageSampler {
  private static final long LEAST_AGE = TimeUnit.MILLISECONDS.toNanos(500);

  private final RunningApp app;
  private final AddOnSource addOns;
  private final Map<String, Long> starts = new HashMap<>();
  private List<InstanceStatus> latest = List.of();
  private String about = "{}";
  private long measuredAt = System.nanoTime() - LEAST_AGE;

  UsageSampler(RunningApp app, AddOnSource addOns) {
    this.app = app;
    this.addOns = addOns;
  }

  /** Returns all instances, in the order of the Procfile. */
  synchronized List<InstanceStatus> latest() {
    long now = System.nanoTime();
    if (now - measuredAt < LEAST_AGE) return latest;
    measuredAt = now;
    Reply reply = app.orders().answer(Request.of("ps"));
    if (reply instanceof Reply.Instances(var all)) latest = all;
    if (app.orders().answer(Request.of("info")) instanceof Reply.Info(var info))
      about = about(info);
    return latest;
  }

  /** Returns the rows of the table by name, as JSON; unchanged rows keep their text. */
  synchronized SequencedMap<String, String> rows() {
    var rows = new LinkedHashMap<String, String>();
    var known = new HashMap<String, Long>();
    long now = System.currentTimeMillis();
    for (InstanceStatus each : latest()) {
      var row = new LinkedHashMap<>(each.fields().values());
      row.remove("uptime_ms");
      if (each.pid() != 0) {
        String run = each.name() + " " + each.pid();
        long started = starts.getOrDefault(run, now - each.uptimeMs());
        known.put(run, started);
        row.put("started", started);
      }
      rows.put(each.name(), JsonWriter.write(row));
    }
    starts.clear();
    starts.putAll(known);
    return rows;
  }

  /** Returns the app as JSON: its address, and its types in order. */
  synchronized String about() {
    return about;
  }

  private String about(AppInfo info) {
    AppDefinition definition = app.inside().definition().get();
    var types = new ArrayList<JsonFields>();
    definition
        .procfile()
        .entries()
        .forEach((type, command) -> types.add(type(definition, type, command.line())));
    return JsonWriter.write(
        JsonFields.of(
            "root", info.root(),
            "procfile", info.procfile(),
            "pid", info.pid(),
            "url", info.address(),
            "types", types,
            "addons", addOns.summary()));
  }

  private static JsonFields type(AppDefinition definition, ProcessType type, String command) {
    var after = new ArrayList<JsonFields>();
    definition
        .order()
        .rule(type)
        .after()
        .forEach((other, why) -> after.add(JsonFields.of("type", other.name(), "why", why)));
    var settings = definition.settings().types().getOrDefault(type, TypeSettings.NONE);
    return JsonFields.of(
        "name", type.name(), "command", command, "after", after, "service", settings.isService());
  }
}
