package jlocal.logs;

import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/** The origin of a log line. */
public sealed interface Source {
  /** A process of the app. */
  record App(InstanceName name) implements Source {
    // Written by hand for start-up time, as in ProcessType.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof App that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return name.toString();
    }
  }

  /** jlocal itself: starts, stops and other events. */
  final class Manager implements Source {
    private Manager() {}

    @Override
    public String toString() {
      return "manager";
    }
  }

  /** The router's access log. */
  final class Router implements Source {
    private Router() {}

    @Override
    public String toString() {
      return "router";
    }
  }

  Source MANAGER = new Manager();
  Source ROUTER = new Router();
}
