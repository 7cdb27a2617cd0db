package jlocal.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Free ports for one test, laid out as by jlocal: consecutive ones for the instances of a type, a
 * hundred further for the next type. Below the ephemeral ports.
 */
final class PortBlock {
  private static final int FIRST = 12_000;
  private static final int BLOCKS = 50;
  private static final int SIZE = 400;
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % BLOCKS));

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
        .filter(base -> busy(base).isEmpty())
        .findFirst()
        .orElseThrow();
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
