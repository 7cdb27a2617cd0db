package jlocal.formation;

import java.util.List;
import java.util.Objects;
import jlocal.config.MapDiff;

/** Decides whether changed files require a restart of a running process. Pure. */
public final class RestartReason {
  private RestartReason() {}

  /**
   * Returns why a process must be restarted for a new definition. Any program may read any of its
   * variables, except known servers, which read only their own and those in their command.
   *
   * @return words that follow "restarted: "; empty if it can keep running
   */
  public static String between(ProcessSpec before, ProcessSpec after, StartOrder.Rule rule) {
    if (!before.command().equals(after.command())) return "its command has changed";
    if (before.port() != after.port()) return "its PORT has changed";
    if (!Objects.equals(before.own().folder(), after.own().folder())) {
      return "its folder has changed";
    }
    List<String> names = new MapDiff(before.environment(), after.environment()).all();
    KnownServer server = rule.server();
    if (server != null) {
      names.removeIf(name -> !server.reads(name) && !after.command().line().contains(name));
    }
    return names.isEmpty() ? "" : String.join(", ", names) + " changed";
  }
}
