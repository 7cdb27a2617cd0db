package jlocal.process;

import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.Screen;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/** The place of one instance: what it should run, its state, and the process it has now. */
final class Slot {
  private ProcessSpec spec;
  private Instance instance = Instance.unborn();
  private @Nullable Life life;
  private @Nullable Long stopOrderedAt;

  Slot(ProcessSpec spec) {
    this.spec = spec;
  }

  InstanceName name() {
    return spec.name();
  }

  ProcessSpec spec() {
    return spec;
  }

  void spec(ProcessSpec next) {
    spec = next;
  }

  Instance instance() {
    return instance;
  }

  void instance(Instance next) {
    instance = next;
  }

  /**
   * What an order of a person means now: a STOP that is given again kills.
   *
   * @param now in nanoseconds, on a monotonic clock
   */
  Order ordered(Order order, long now) {
    if (order != Order.STOP) {
      stopOrderedAt = null;
      return order;
    }
    boolean isStopping = !instance.wanted() && instance.state() instanceof ProcessState.Stopping;
    if (stopOrderedAt == null || !isStopping) {
      stopOrderedAt = now;
      return Order.STOP;
    }
    return RepeatedRequest.isAnother(stopOrderedAt, now) ? Order.KILL : Order.STOP;
  }

  /** Whether a person told it to stop, not the end of the app or a restart. */
  boolean isStopOrdered() {
    return stopOrderedAt != null && !instance.wanted();
  }

  void life(Life next) {
    life = next;
  }

  /** The process with this number, or null when it is not the one it has now. */
  @Nullable Life life(int number) {
    return life != null && life.number() == number ? life : null;
  }

  @Nullable Screen screen() {
    return life == null ? null : life.child().screen();
  }

  void resize(WindowSize size) {
    if (life != null) life.child().resize(size);
  }
}
