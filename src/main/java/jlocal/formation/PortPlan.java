package jlocal.formation;

import java.util.List;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/**
 * Assigns PORTs as Foreman does: base + step × the type's position in the whole Procfile + (n − 1),
 * so a type's port does not depend on which types run.
 *
 * @param base the PORT of the first type's first instance
 * @param step the distance between types
 */
public record PortPlan(int base, int step) {
  /** Foreman's default. */
  public static final int DEFAULT_BASE = 5000;

  /** The highest TCP port. */
  public static final int MAX = 65_535;

  /**
   * Returns the PORT of an instance. {@code release} is not counted and comes after the last type.
   */
  int port(Procfile procfile, InstanceName name) {
    List<ProcessType> counted =
        procfile.entries().keySet().stream().filter(t -> !t.equals(ProcessType.RELEASE)).toList();
    int place = counted.indexOf(name.type());
    return base + step * (place < 0 ? counted.size() : place) + name.index() - 1;
  }

  /** Returns the plan one step higher. */
  public PortPlan next() {
    return new PortPlan(base + step, step);
  }
}
