package jlocal.router;

import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;

/**
 * Whom a request is for.
 *
 * @param index of the one instance that was asked for by name; 0 for any of the type
 */
record Target(ProcessType type, int index) {
  /** What is meant when no name says otherwise. */
  static final Target WEB = new Target(ProcessType.WEB, 0);

  boolean covers(InstanceName name) {
    return name.type().equals(type) && (index == 0 || index == name.index());
  }
}
