package jlocal.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Set;

/**
 * Calls the C library, mostly about processes; {@link Tty} has the calls about terminals. All
 * functions have one signature, six longs in and one out, since linking a new signature costs the
 * JVM 5 to 15 ms, and a further function only a tenth of one. Not loaded before the first child.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_FIELD =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG);

  private static final boolean MAC = Machine.isMac();

  private static final MethodHandle KILL = link("kill");
  private static final MethodHandle FCNTL = link("fcntl");
  private static final MethodHandle PIPE = link("pipe");
  private static final MethodHandle SIGWAIT = link("sigwait");

  /** Linux's number; macOS uses 3. */
  private static final int SIG_SETMASK = MAC ? 3 : 2;

  /** Larger than the sigset_t of every known system. */
  private static final int SIGSET_BYTES = 128;

  private static final int SIG_DFL = 0;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int WNOHANG = 1;

  private Libc() {}

  /** Loads this class, so that the first call is fast. */
  static void warmUp() {
    call(KILL, 0, 0);
  }

  @SuppressWarnings("restricted") // the manifest enables native access; this class is its only user
  static MethodHandle link(String function) {
    MemorySegment address = LINKER.defaultLookup().findOrThrow(function);
    return LINKER.downcallHandle(address, SHAPE, Linker.Option.captureCallState("errno"));
  }

  /** Calls a function; returns its result, or minus the errno if that is -1. */
  static int call(MethodHandle function, long... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      long[] six = new long[6];
      System.arraycopy(arguments, 0, six, 0, arguments.length);
      int result =
          (int) (long) function.invokeExact(state, six[0], six[1], six[2], six[3], six[4], six[5]);
      return result == -1 ? -(int) ERRNO_FIELD.get(state, 0L) : result;
    } catch (Throwable impossible) {
      throw new LinkageError("native call failed", impossible);
    }
  }

  /**
   * Calls kill(2).
   *
   * @param target a pid, or minus a process group's id
   * @param signal the signal's number; 0 only checks that the target exists
   * @return 0, or minus the errno
   */
  static int kill(long target, int signal) {
    return call(KILL, target, signal);
  }

  /**
   * Calls prctl(2) with PR_SET_CHILD_SUBREAPER; returns 0, or minus the errno. Linux only, since it
   * is variadic.
   */
  static int adoptOrphans() {
    return call(link("prctl"), PR_SET_CHILD_SUBREAPER, 1);
  }

  /** Reaps a dead child without waiting; waitpid(2). */
  static void reap(long pid) {
    call(link("waitpid"), pid, 0, WNOHANG);
  }

  /** Restores the default action of an ignored signal; signal(2), SIG_DFL. */
  static void handleByDefault(int signal) {
    call(link("signal"), signal, SIG_DFL);
  }

  /** Unblocks all signals in this thread; pthread_sigmask(3). */
  static void unblockSignals() {
    try (Arena arena = Arena.ofConfined()) {
      call(link("pthread_sigmask"), SIG_SETMASK, arena.allocate(SIGSET_BYTES, 8).address(), 0);
    }
  }

  /** Returns a sigset_t, which has one bit per signal, in the order of their numbers. */
  static MemorySegment signalSet(Arena arena, Set<Signal> signals) {
    MemorySegment set = arena.allocate(SIGSET_BYTES, 8);
    long bits = 0;
    for (Signal signal : signals) bits |= 1L << (signal.number() - 1);
    set.set(ValueLayout.JAVA_LONG, 0, bits);
    return set;
  }

  /** Waits for one of these signals, which must be blocked, and stores its number; sigwait(3). */
  static void sigwait(MemorySegment signals, MemorySegment number) {
    call(SIGWAIT, signals.address(), number.address());
  }

  /** Sets the capacity of a pipe; fcntl(2), F_SETPIPE_SZ. Linux only. */
  static void setPipeSize(int descriptor, int bytes) {
    call(FCNTL, descriptor, F_SETPIPE_SZ, bytes);
  }

  /**
   * Opens a FIFO without waiting for a writer; returns a descriptor, or minus the errno. Linux
   * only.
   */
  static int openForReading(String fifo) {
    try (Arena arena = Arena.ofConfined()) {
      return call(link("open"), arena.allocateFrom(fifo).address(), O_NONBLOCK | O_CLOEXEC);
    }
  }

  /**
   * Creates a pipe; returns its read and write ends; pipe(2). The JDK closes both in children.
   *
   * @throws IOException if there are no more descriptors
   */
  static int[] pipe() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      if (call(PIPE, ends.address()) != 0) throw new IOException("Too many open files");
      return ends.toArray(ValueLayout.JAVA_INT);
    }
  }
}
