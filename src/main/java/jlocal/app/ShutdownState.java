package jlocal.app;

import jlocal.os.Signal;
import jlocal.process.Order;
import org.jspecify.annotations.Nullable;

/**
 * The state of the app between running and its end, and the effects of further stop requests. A
 * pure state machine; times are nanoseconds on a monotonic clock.
 */
sealed interface ShutdownState {
  /** Why the app ends. */
  sealed interface Request {
    /** The exit policy has decided, or stdout is closed. */
    record AppEnded(int code) implements Request {}

    record Received(Signal signal) implements Request {}

    /** The key {@code q} in the log. */
    record QuitKey() implements Request {}

    /** {@code jlocal stop} in another terminal. */
    record StopCommand() implements Request {}

    /** Returns the exit code of the app for this reason. */
    default int code() {
      return this instanceof AppEnded(var code) ? code : 0;
    }

    /** Returns its name in the log. */
    default String words() {
      return switch (this) {
        case AppEnded _ -> "the app has ended";
        case Received(var signal) -> signal + " received";
        case QuitKey _ -> "q";
        case StopCommand _ -> "jlocal stop";
      };
    }
  }

  /** Adds a request; returns the next state and the actions. */
  Step on(Request request, long now);

  /** Returns the exit code of the app, as known so far. */
  int code();

  /**
   * Returns how the user can end the grace period; empty if unknown.
   *
   * @param terminal whether jlocal was started in a terminal
   */
  default String howToKill(boolean terminal) {
    if (!(this instanceof Stopping(_, var first, _)) || first == null) return "";
    return switch (first.by()) {
      case Request.AppEnded _ -> "";
      case Request.QuitKey _ -> "q again to kill";
      case Request.StopCommand _ -> terminal ? "Ctrl-C to kill" : "'jlocal stop' again to kill";
      case Request.Received(var signal) when signal == Signal.INT -> "Ctrl-C again to kill";
      case Request.Received(var signal) when signal == Signal.TERM && !terminal ->
          "SIGTERM again to kill";
      case Request.Received(var signal) when signal == Signal.TERM -> "Ctrl-C to kill";
      case Request.Received _ -> "SIGTERM to kill";
    };
  }

  /** The action for a request. */
  enum Action {
    STOP,
    KILL,
    NOTHING
  }

  /**
   * The result of a request.
   *
   * @param sentence for the log; null for none
   */
  record Step(ShutdownState next, Action action, @Nullable String sentence) {}

  /** A request and its time. */
  record Asked(Request by, long at) {
    boolean isAnother(long now) {
      return Order.isStopRepeated(at, now);
    }
  }

  /** The app runs. */
  record Running() implements ShutdownState {
    @Override
    public int code() {
      return 0;
    }

    @Override
    public Step on(Request request, long now) {
      var next = new Stopping(request.code(), null, null).with(request, now);
      boolean told = request instanceof Request.AppEnded;
      return new Step(next, Action.STOP, told ? null : request.words() + ": stopping");
    }
  }

  /**
   * The processes have their grace period. The user's first request never ends it, whatever made
   * the app end; {@code jlocal stop} ends it only if it is repeated.
   *
   * @param first the first request of the user, a terminal or a supervisor; null if the app ends by
   *     itself
   * @param command the first {@code jlocal stop}; null if there was none
   */
  record Stopping(int code, @Nullable Asked first, @Nullable Asked command)
      implements ShutdownState {
    private Stopping with(Request request, long now) {
      if (request instanceof Request.AppEnded) return this;
      var asked = new Asked(request, now);
      boolean isCommand = request instanceof Request.StopCommand;
      return new Stopping(
          code, first == null ? asked : first, isCommand && command == null ? asked : command);
    }

    @Override
    public Step on(Request request, long now) {
      return switch (request) {
        case Request.AppEnded _ -> new Step(this, Action.NOTHING, null);
        case Request.StopCommand _ ->
            command != null && command.isAnother(now) ? kill(request, code) : join(request, now);
        case Request.QuitKey _ ->
            first != null && first.isAnother(now) ? kill(request, code) : join(request, now);
        case Request.Received(var signal) ->
            first != null && first.isAnother(now)
                ? kill(request, 128 + signal.number())
                : join(request, now);
      };
    }

    private Step kill(Request request, int exitCode) {
      boolean isFirst = first != null && first.by().equals(request);
      boolean again = isFirst || request instanceof Request.StopCommand;
      String sentence = request.words() + (again ? " again" : "") + ": killing";
      return new Step(new Killing(exitCode), Action.KILL, sentence);
    }

    /** Records a request that does not kill. */
    private Step join(Request request, long now) {
      boolean isSame = first != null && !first.isAnother(now);
      String sentence = isSame ? null : request.words() + ": already stopping";
      return new Step(with(request, now), Action.NOTHING, sentence);
    }
  }

  /** The processes were killed; further requests have no effect. */
  record Killing(int code) implements ShutdownState {
    @Override
    public Step on(Request request, long now) {
      return new Step(this, Action.NOTHING, null);
    }
  }
}
