package jlocal.router;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The router alone before servers that run already, for {@code scripts/bench/router}. */
final class RouterBench {
  private RouterBench() {}

  /** Arguments: port to listen on, {@code log} or {@code quiet}, ports of the servers. */
  public static void main(String[] args) throws IOException, InterruptedException {
    RouterLog log = args[1].equals("log") ? System.out::println : RouterLog.OFF;
    var options = RouterOptions.onLoopback(Integer.parseInt(args[0]));
    try (var router = Router.open(options, log, (name, lines) -> List.of())) {
      for (int i = 2; i < args.length; i++) {
        router.backend(Stage.web(i - 1), Integer.parseInt(args[i]), BackendState.UP);
      }
      new CountDownLatch(1).await();
    }
  }
}
