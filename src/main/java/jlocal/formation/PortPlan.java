package jlocal.formation;

import java.util.List;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;

/**
 * Which instance gets which PORT: base + step × the type's place in the whole Procfile + (n − 1),
 * as Foreman has it, so a type's port never moves because others were left out.
 *
 * @param base the PORT of the first type's first instance
 * @param step the distance between types
 */
public record PortPlan(int base, int step) {
  /** Foreman's first port. */
  public static final int DEFAULT_BASE = 5000;

  public static final int DEFAULT_STEP = 100;

  /** The highest TCP port. */
  public static final int MAX = 65_535;

  /** The PORT of an instance; {@code release} does not count and comes after the last type. */
  int port(Procfile procfile, InstanceName name) {
    List<ProcessType> counted =
        procfile.entries().keySet().stream().filter(t -> !t.equals(ProcessType.RELEASE)).toList();
    int place = counted.indexOf(name.type());
    return base + step * (place < 0 ? counted.size() : place) + name.index() - 1;
  }

  /** The same plan one step higher. */
  public PortPlan next() {
    return new PortPlan(base + step, step);
  }
}
