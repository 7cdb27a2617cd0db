package jlocal.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import jlocal.config.MapDiff;
import jlocal.formation.AppDefinition;
import jlocal.formation.AppSettings;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.formation.RestartReason;
import jlocal.procfile.ProcessType;

/**
 * The differences between two formations of an app. Pure.
 *
 * @param added instances only in the second
 * @param removed instances only in the first
 * @param changed instances of both that must be restarted
 */
record FormationDiff(
    List<InstanceName> added, List<InstanceName> removed, List<InstanceName> changed) {

  static FormationDiff between(Formation before, Formation after) {
    return new FormationDiff(
        after.specs().keySet().stream().filter(name -> !before.has(name)).toList(),
        before.specs().keySet().stream().filter(name -> !after.has(name)).toList(),
        after.specs().keySet().stream()
            .filter(before::has)
            .filter(name -> !reason(before, after, name).isEmpty())
            .toList());
  }

  /** Returns why an instance of both must be restarted; empty if it can keep running. */
  private static String reason(Formation before, Formation after, InstanceName name) {
    ProcessSpec old = before.specs().get(name);
    ProcessSpec now = after.specs().get(name);
    if (old == null || now == null) return "";
    return RestartReason.between(old, now, after.order().rule(name.type()));
  }

  /** Describes the effect of changed files on running instances, one sentence per reason. */
  List<String> reasons(Formation before, Formation after) {
    var restarted = new LinkedHashMap<String, List<String>>();
    var runOn = new ArrayList<String>();
    for (InstanceName name : after.specs().keySet()) {
      String reason = reason(before, after, name);
      boolean differs = !Objects.equals(before.specs().get(name), after.specs().get(name));
      if (!reason.isEmpty()) {
        restarted.computeIfAbsent(reason, _ -> new ArrayList<>()).add(name.toString());
      } else if (before.has(name) && differs) {
        var server = after.order().rule(name.type()).server();
        if (server == null) continue; // The change concerns only its end.
        runOn.add(name + " keeps running: " + server + " does not read what changed");
      }
    }
    var sentences = new ArrayList<String>();
    restarted.forEach(
        (reason, names) -> sentences.add("restarting " + String.join(", ", names) + ": " + reason));
    sentences.addAll(runOn);
    return sentences;
  }

  /** Describes the differences in sentences, without values. */
  static List<String> sentences(AppDefinition before, AppDefinition after) {
    var sentences = new ArrayList<String>();
    var old = before.procfile().entries();
    var now = after.procfile().entries();
    now.forEach((type, command) -> {
      if (!old.containsKey(type)) sentences.add("new: " + type + ": " + command);
      else if (!command.equals(old.get(type))) sentences.add("changed: " + type + ": " + command);
    });
    for (ProcessType type : old.keySet()) {
      if (!now.containsKey(type)) sentences.add("gone: " + type);
    }
    var vars = new MapDiff(before.vars(), after.vars());
    add(sentences, "new config vars: ", vars.added());
    add(sentences, "changed config vars: ", vars.changed());
    add(sentences, "removed config vars: ", vars.removed());
    add(
        sentences,
        "changed order or readiness, from the next start of: ",
        types(before, type -> !before.order().rule(type).means(after.order().rule(type)), after));
    var settings = before.settings().types();
    add(
        sentences,
        "changed settings of: ",
        types(
            before,
            type -> !Objects.equals(settings.get(type), after.settings().types().get(type)),
            after));
    add(sentences, "changed settings: ", differing(before, after, AppSettings::beside));
    return sentences;
  }

  /** Returns the changes that a reload does not apply. */
  static List<String> later(AppDefinition before, AppDefinition after) {
    var sentences = new ArrayList<String>();
    List<String> keys = differing(before, after, AppSettings::others);
    add(sentences, "of the settings file from the next start: ", keys);
    return sentences;
  }

  private static List<String> differing(
      AppDefinition before, AppDefinition after, Function<AppSettings, Map<String, String>> part) {
    return new MapDiff(part.apply(before.settings()), part.apply(after.settings())).all();
  }

  /** Returns the names of the types of both that meet the condition. */
  private static List<String> types(
      AppDefinition before, Predicate<ProcessType> isSo, AppDefinition after) {
    var old = before.procfile().entries().keySet();
    return after.procfile().entries().keySet().stream()
        .filter(old::contains)
        .filter(isSo)
        .map(ProcessType::name)
        .toList();
  }

  private static void add(List<String> sentences, String what, List<String> names) {
    if (!names.isEmpty()) sentences.add(what + String.join(", ", names));
  }
}
