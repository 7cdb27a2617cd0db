package jlocal.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import jlocal.formation.InstanceName;
import jlocal.process.DrainHook;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import jlocal.process.ProcessState.Backoff;
import jlocal.process.ProcessState.Down;
import jlocal.process.ProcessState.Ended;
import jlocal.process.ProcessState.LeaderExited;
import jlocal.process.ProcessState.Spawning;
import jlocal.process.ProcessState.Starting;
import jlocal.process.ProcessState.Stopping;
import jlocal.process.ProcessState.Up;
import jlocal.procfile.ProcessType;
import jlocal.router.BackendState;
import jlocal.router.Router;
import org.jspecify.annotations.Nullable;

/**
 * Tells the router how the instances stand. Instances start before the router does, so what
 * happened until then is kept for it.
 */
final class RouterFeed implements ProcessEvent.Listener {
  private record Known(int port, BackendState state) {}

  private final Map<InstanceName, Known> known = new LinkedHashMap<>();
  private @Nullable Router router;

  @Override
  public synchronized void onEvent(ProcessEvent event) {
    switch (event) {
      case ProcessEvent.Changed(var name, var port, _, var now) -> changed(name, port, now);
      case ProcessEvent.NotListening(var name, var port, var opened) when !opened.isEmpty() -> {
        if (router != null) router.setWrongPort(name, port, opened.first());
      }
      default -> {} // Only states matter to the router.
    }
  }

  /** From now on the router is told. */
  synchronized void attach(Router opened) {
    router = opened;
    known.forEach((name, standing) -> opened.setBackend(name, standing.port(), standing.state()));
  }

  /** Completes when it has finished its requests. */
  synchronized CompletionStage<Void> leave(InstanceName name) {
    if (router == null || !name.type().equals(ProcessType.WEB)) return DrainHook.DRAINED;
    return router.drained(name);
  }

  private void changed(InstanceName name, int port, ProcessState now) {
    var standing = new Known(port, state(name.type(), now));
    known.put(name, standing);
    if (router != null) router.setBackend(name, port, standing.state());
  }

  /** Nobody tries whether another type than web listens: the router does, when it is asked to. */
  private static BackendState state(ProcessType type, ProcessState now) {
    boolean isWeb = type.equals(ProcessType.WEB);
    return switch (now) {
      case Spawning _ -> BackendState.STARTING;
      case Starting _ -> isWeb ? BackendState.STARTING : BackendState.UP;
      case Up _ -> BackendState.UP;
      case Stopping _ -> BackendState.DRAINING;
      case LeaderExited(_, var status, _) ->
          status.isClean() ? BackendState.CRASHED : BackendState.RESTARTING;
      case Backoff _ -> BackendState.RESTARTING;
      case Ended _ -> BackendState.CRASHED;
      case Down _ -> BackendState.REMOVED;
    };
  }
}
