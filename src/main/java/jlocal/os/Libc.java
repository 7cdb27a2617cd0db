package jlocal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Every native call jlocal makes. All have one shape, six longs in and one out, because the JVM
 * pays 5 to 15 ms for each shape it links and a tenth of one for each further function. Loading
 * this class is kept off the way to the first child.
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

  private static final MethodHandle KILL = link("kill");

  private Libc() {}

  @SuppressWarnings("restricted") // the manifest enables native access; this class is its only user
  private static MethodHandle link(String function) {
    MemorySegment address = LINKER.defaultLookup().findOrThrow(function);
    return LINKER.downcallHandle(address, SHAPE, Linker.Option.captureCallState("errno"));
  }

  private static int call(MethodHandle function, long... arguments) {
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
   * kill(2).
   *
   * @param target a pid, or minus a process group's id
   * @param signal a signal's number; 0 only asks whether there is anybody
   * @return 0, or minus the errno
   */
  static int kill(long target, int signal) {
    return call(KILL, target, signal);
  }
}
