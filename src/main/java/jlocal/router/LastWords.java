package jlocal.router;

import java.util.List;
import jlocal.formation.InstanceName;

/** What an instance wrote last, for the page that says it crashed. */
@FunctionalInterface
public interface LastWords {
  /**
   * The last lines of an instance, oldest first; SGR colours may be in them. Called on the thread
   * that serves the request: answer at once.
   *
   * @param lines how many at most
   */
  List<String> of(InstanceName name, int lines);
}
