package jlocal.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Free ports for one test, laid out as by jlocal: consecutive ones for the instances of a type, a
 * hundred further for the next type. Above Linux's ephemeral ports, and the blocks that jlocal
 * chooses for apps whose usual ports are busy, perhaps those of another test. No other test gets
 * them until it is closed: a test may open its ports only after a minute.
 */
final class PortBlock implements AutoCloseable {
  private static final int FIRST = 61_000;
  private static final int BLOCKS = 9;
  private static final int SIZE = 400;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % BLOCKS));

  private static final Set<Integer> IN_USE = ConcurrentHashMap.newKeySet();

  private final int base = firstFree();

  int base() {
    return base;
  }

  List<Integer> busy() {
    return busy(base);
  }

  private static int firstFree() {
    return Stream.generate(() -> FIRST + SIZE * (NEXT.getAndIncrement() % BLOCKS))
        .limit(BLOCKS)
        .filter(PortBlock::takes)
        .findFirst()
        .orElseThrow();
  }

  private static boolean takes(int base) {
    if (!IN_USE.add(base)) return false;
    if (busy(base).isEmpty()) return true;
    IN_USE.remove(base);
    return false;
  }

  @Override
  public void close() {
    IN_USE.remove(base);
  }

  private static List<Integer> busy(int base) {
    return Stream.of(0, 100, 200, 300)
        .flatMap(step -> IntStream.range(0, 5).mapToObj(i -> base + step + i))
        .filter(PortBlock::isBusy)
        .toList();
  }

  private static boolean isBusy(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
