package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.listener.ProcessListener;

/**
 * zt-exec with the child's output in a pipe of ours. The JDK closes the pipe of {@code
 * Process.getInputStream()} as soon as the direct child exits: what its own children still write is
 * lost and kills them by SIGPIPE (npm start, shell wrappers, gunicorn masters). zt-exec has no way
 * to redirect into a file descriptor, hence the reflection on its builder.
 */
final class ChildExecutor extends ProcessExecutor {
  // The JVM has what it needs to read this at once; reading a Field begins with making it up.
  private static final VarHandle BUILDER = builder();
  private static final Method DESCRIPTOR = descriptor();

  private ChildExecutor(List<String> argv, Launch launch) {
    command(argv);
    directory(launch.directory().toFile());
    environment(launch.environment());
    streams(null);
    redirectErrorStream(true);
  }

  /**
   * Its output goes into a pipe; its stdin comes from one into which nobody writes, and which may
   * be that of others: a pipe for each would make all starts slower, as the JDK looks through all
   * open files in each.
   */
  static ChildExecutor onPipe(List<String> argv, Launch launch, Pipe silence, Pipe output) {
    var executor = new ChildExecutor(argv, launch);
    executor.addListener(new OnPipes(silence, output));
    return executor;
  }

  /** It finds its terminal itself. */
  static ChildExecutor onTerminal(List<String> argv, Launch launch) {
    return new ChildExecutor(argv, launch);
  }

  private static final class OnPipes extends ProcessListener {
    private final Pipe silence;
    private final Pipe output;

    OnPipes(Pipe silence, Pipe output) {
      this.silence = silence;
      this.output = output;
    }

    @Override
    public void beforeStart(ProcessExecutor executor) {
      var builder = (ProcessBuilder) BUILDER.get(executor);
      builder.redirectInput(file(silence.source()));
      builder.redirectOutput(file(output.sink()));
    }

    private static File file(Channel end) {
      return new File("/dev/fd/" + descriptor(end));
    }

    @Override
    public void afterStart(Process process, ProcessExecutor executor) {
      try {
        output.sink().close();
        process.getErrorStream().close(); // It goes where the output goes.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** No executor: zt-exec would make a scheduled one, with a thread, for each child. */
  @Override
  @SuppressWarnings("NullAway") // zt-exec allows it: "sub classes could return null"
  protected @Nullable ExecutorService newExecutor(String processName) {
    return null;
  }

  /** Never run: it would wait for the exit on a thread of its own, which may not be to be had. */
  @Override
  protected <T> Future<T> invokeSubmit(@Nullable ExecutorService none, Callable<T> task) {
    return new FutureTask<>(task);
  }

  /** The file descriptor behind a pipe's end. */
  static int descriptor(Channel end) {
    try {
      return (int) DESCRIPTOR.invoke(end);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the JDK changed inside", e);
    }
  }

  private static VarHandle builder() {
    Class<?> executor = ProcessExecutor.class;
    try {
      return MethodHandles.privateLookupIn(executor, MethodHandles.lookup())
          .findVarHandle(executor, "builder", ProcessBuilder.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("zt-exec changed inside", e);
    }
  }

  private static Method descriptor() {
    try {
      Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the JDK changed inside", e);
    }
  }
}
