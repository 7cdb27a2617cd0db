package jlocal.os;

import java.io.IOException;
import java.nio.channels.Pipe;

/** Starts children through zt-exec, each in a session of its own. */
public final class SessionSpawner implements Spawner {
  private final Session session = Session.available();

  @Override
  public Child spawn(Launch launch) throws SpawnFailure {
    Pipe pipe = openPipe();
    try {
      var executor = new ChildExecutor(launch, session, pipe);
      Process process = executor.start().getProcess();
      return new SessionChild(process, pipe.source(), executor.exit());
    } catch (IOException e) {
      close(pipe);
      throw SpawnFailure.from(e);
    }
  }

  private static Pipe openPipe() throws SpawnFailure {
    try {
      return Pipe.open();
    } catch (IOException e) {
      throw new SpawnFailure("too many open files (see ulimit -n)", e);
    }
  }

  private static void close(Pipe pipe) {
    try (var _ = pipe.sink();
        var _ = pipe.source()) {
      // Nothing was written to it yet.
    } catch (IOException _) {
      // It is of no use to anybody any more.
    }
  }
}
