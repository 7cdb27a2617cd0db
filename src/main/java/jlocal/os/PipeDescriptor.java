package jlocal.os;

import java.lang.reflect.Method;
import java.nio.channels.Channel;

/**
 * The file descriptor behind an end of a {@link java.nio.channels.Pipe}, which the JDK does not
 * tell. It is what a child's output is redirected into and what poll(2) and fcntl(2) take. The
 * JDK's own pipe to a child is no substitute: it is closed when the direct child exits, and what
 * its descendants still write is lost and ends them by SIGPIPE. Nor are a FIFO or a terminal: a
 * Selector takes neither.
 */
final class PipeDescriptor {
  private static final Method METHOD = method();

  private PipeDescriptor() {}

  static int of(Channel end) {
    try {
      return (int) METHOD.invoke(end);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the JDK changed inside", e);
    }
  }

  private static Method method() {
    try {
      Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the JDK changed inside", e);
    }
  }
}
