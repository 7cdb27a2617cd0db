package jlocal.formation;

import java.util.List;
import java.util.Objects;
import jlocal.config.Changes;

/** Why changed files concern a process that runs. Pure. */
public final class RestartReason {
  private RestartReason() {}

  /**
   * Why a process with the one definition is to be restarted to get the other. Any program may read
   * any of its variables, except the known servers, which read their own and those in their
   * command.
   *
   * @return in words that follow "restarted: "; empty when it can run on
   */
  public static String between(ProcessSpec before, ProcessSpec after, StartOrder.Rule rule) {
    if (!before.command().equals(after.command())) return "its command has changed";
    if (before.port() != after.port()) return "its PORT has changed";
    if (!Objects.equals(before.own().folder(), after.own().folder())) {
      return "its folder has changed";
    }
    List<String> names = new Changes(before.environment(), after.environment()).all();
    KnownServer server = rule.server();
    if (server != null) {
      names.removeIf(name -> !server.reads(name) && !after.command().line().contains(name));
    }
    return names.isEmpty() ? "" : String.join(", ", names) + " changed";
  }
}
