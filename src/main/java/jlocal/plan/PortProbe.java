package jlocal.plan;

import java.util.function.IntFunction;
import jlocal.os.ListeningProcesses;
import jlocal.os.Ports;
import org.jspecify.annotations.Nullable;

/** Checks which TCP ports are available. */
public interface PortProbe {
  /** Whether no other app has reserved the port, and it can be bound. */
  boolean isFree(int port);

  /**
   * Returns why a port is not free, to continue "port 5000 is": {@code in use by node (pid 812)},
   * {@code reserved for api.1 of /home/me/shop}, {@code for root only}.
   */
  String reason(int port);

  /**
   * Returns a probe for this machine.
   *
   * @param reserved returns the instance of another app that a port is reserved for; null for none
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
        ListeningProcesses.Holder holder = ListeningProcesses.holder(port);
        if (holder != null) return "in use by " + holder;
        return Ports.isForRootOnly(port) ? "for root only" : "in use by another program";
      }
    };
  }
}
