package jlocal.plan;

import java.util.function.IntFunction;
import jlocal.os.Listeners;
import jlocal.os.Ports;
import org.jspecify.annotations.Nullable;

/** Checks which TCP ports are available. */
public interface PortProbe {
  /** Whether no other app has reserved the port, and it can be bound. */
  boolean isFree(int port);

  /**
   * Why a port that is not free cannot be had, to continue "port 5000 is": {@code in use by node
   * (pid 812)}, {@code reserved for api.1 of /home/me/shop}, {@code for root only}.
   */
  String reason(int port);

  /**
   * The ports of this machine.
   *
   * @param reserved what another app has reserved a port for; null for nothing
   */
  static PortProbe ofThisMachine(IntFunction<@Nullable String> reserved) {
    return new PortProbe() {
      @Override
      public boolean isFree(int port) {
        return reserved.apply(port) == null && Ports.isFree(port);
      }

      @Override
      public String reason(int port) {
        String owner = reserved.apply(port);
        if (owner != null) return "reserved for " + owner;
        Listeners.Holder holder = Listeners.holder(port);
        if (holder != null) return "in use by " + holder;
        return Ports.isForRootOnly(port) ? "for root only" : "in use by another program";
      }
    };
  }
}
