package jlocal.logs;

import jlocal.formation.InstanceName;

/** Who wrote a line. */
public sealed interface Source {
  /** A process of the app. */
  record App(InstanceName name) implements Source {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /** jlocal itself: what it starts, stops and notices. */
  record Manager() implements Source {
    @Override
    public String toString() {
      return "manager";
    }
  }

  /** The router's line for each request. */
  record Router() implements Source {
    @Override
    public String toString() {
      return "router";
    }
  }

  Source MANAGER = new Manager();
  Source ROUTER = new Router();
}
