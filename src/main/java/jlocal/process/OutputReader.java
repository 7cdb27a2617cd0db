package jlocal.process;

import java.nio.channels.Pipe;
import java.util.concurrent.CompletionStage;
import jlocal.formation.InstanceName;

/** Reads what instances write. */
public interface OutputReader {
  /**
   * Reads the pipe to its end and closes it.
   *
   * @return completes, on any thread, when all that was written has been shown
   */
  CompletionStage<Void> read(InstanceName name, Pipe.SourceChannel output);
}
