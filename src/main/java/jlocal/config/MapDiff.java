package jlocal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What differs between two maps by name; the names are in alphabetical order. */
public record MapDiff(Map<String, ?> before, Map<String, ?> after) {
  /** The names that only one of them has, or that have another value. */
  public List<String> all() {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    return new ArrayList<>(names);
  }

  public List<String> added() {
    return all().stream().filter(name -> !before.containsKey(name)).toList();
  }

  public List<String> removed() {
    return all().stream().filter(name -> !after.containsKey(name)).toList();
  }

  /** The names that both have, with another value. */
  public List<String> changed() {
    return all().stream().filter(before::containsKey).filter(after::containsKey).toList();
  }
}
