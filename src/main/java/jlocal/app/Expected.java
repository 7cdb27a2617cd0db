package jlocal.app;

import java.util.List;
import jlocal.formation.InstanceName;

/** What has to happen before an order has been carried out. */
record Expected(List<Change> all) {
  /** One instance on its way. */
  sealed interface Change {
    InstanceName name();
  }

  /**
   * It is to come up.
   *
   * @param life the first of its processes that counts
   */
  record Coming(InstanceName name, int life) implements Change {}

  /** It is to end. */
  record Going(InstanceName name) implements Change {}

  void start(InstanceName name, Standing now) {
    all.add(new Coming(name, now.lifeAfterStart()));
  }

  void restart(InstanceName name, Standing now) {
    all.add(new Coming(name, now.lives() + 1));
  }

  void stop(InstanceName name) {
    all.add(new Going(name));
  }
}
