package jlocal.formation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables that identify an instance: Foreman's PORT and PS, Heroku's DYNO, nf's
 * FOREMAN_WORKER_NAME, and JLOCAL.
 */
public final class InstanceVars {
  private InstanceVars() {}

  /**
   * Returns the variables of a process.
   *
   * @param name {@code web.1}, or {@code run.1} for a one-off
   * @param port null for a process without one
   */
  public static SequencedMap<String, String> of(String name, @Nullable Integer port) {
    var vars = new LinkedHashMap<String, String>();
    if (port != null) vars.put("PORT", port.toString());
    vars.put("DYNO", name);
    vars.put("PS", name);
    vars.put("FOREMAN_WORKER_NAME", name);
    vars.put("JLOCAL", "1");
    return vars;
  }
}
