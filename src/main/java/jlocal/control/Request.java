package jlocal.control;

import java.util.List;

/** What a client asks of a running app; names are as a person typed them. */
public sealed interface Request {
  /** Which app this is. */
  record Info() implements Request {}

  /** How its instances stand. */
  record Ps() implements Request {}

  /**
   * Changes how many there are.
   *
   * @param changes {@code web=3}, {@code web+1}; without any the counts are only told
   */
  record Scale(List<String> changes, boolean await) implements Request {
    public Scale {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Starts what is stopped.
   *
   * @param names types or instances; none for all
   */
  record Start(List<String> names, boolean await) implements Request {
    public Start {
      names = List.copyOf(names);
    }
  }

  /**
   * Restarts what runs.
   *
   * @param names types or instances; none for all
   */
  record Restart(List<String> names, boolean await) implements Request {
    public Restart {
      names = List.copyOf(names);
    }
  }

  /**
   * Stops what runs.
   *
   * @param names types or instances; none for the whole app
   */
  record Stop(List<String> names) implements Request {
    public Stop {
      names = List.copyOf(names);
    }

    /** Whether the app is to end. */
    boolean endsAll() {
      return names.isEmpty();
    }
  }

  /** Reads Procfile and env files again and applies what changed in them. */
  record Reload(boolean await) implements Request {}

  /** Answered when every instance is up. */
  record Await() implements Request {}

  /**
   * The terminal of one instance; what the client says from then on are {@link Keys}.
   *
   * @param rows of the client's own terminal
   */
  record Connect(String name, int rows, int columns) implements Request {}

  /**
   * The log.
   *
   * @param tail whether it goes on with what comes
   * @param color whether with colours
   * @param json whether as JSON objects
   */
  record Logs(boolean tail, Lines lines, boolean color, boolean json) implements Request {
    /** The same with colours, or without. */
    public Logs inColor(boolean colored) {
      return new Logs(tail, lines, colored, json);
    }
  }

  /**
   * Which lines of the log.
   *
   * @param most how many of the kept lines at most
   * @param names only of these types or instances; none for all
   * @param source {@code app}, {@code router} or {@code manager}; empty for all
   * @param grep only those in which this regular expression is found; empty for all
   * @param sinceMs only those of so many milliseconds until now; 0 for all
   */
  record Lines(int most, List<String> names, String source, String grep, long sinceMs) {
    /** The last so many. */
    public static Lines last(int most) {
      return new Lines(most, List.of(), "", "", 0);
    }

    public Lines {
      names = List.copyOf(names);
    }
  }
}
