package jlocal.router;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the router alone before running servers, for {@code scripts/bench/router}. */
final class RouterBench {
  private RouterBench() {}

  /** Arguments: port to listen on, {@code log} or {@code quiet}, ports of the servers. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var log = args[1].equals("log") ? RouterConfig.RequestLog.FULL : RouterConfig.RequestLog.OFF;
    var options = RouterConfig.on(List.of("127.0.0.1", "::1"), Integer.parseInt(args[0])).with(log);
    try (var router = Router.open(options, line -> System.out.println(line), (_, _) -> List.of())) {
      for (int i = 2; i < args.length; i++) {
        router.setBackend(Stage.web(i - 1), Integer.parseInt(args[i]), BackendState.UP);
      }
      new CountDownLatch(1).await();
    }
  }
}
