package jlocal.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jlocal.control.Reply;
import jlocal.json.JsonFields;
import jlocal.logs.LogQueue;
import jlocal.logs.LogSnapshot;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/**
 * Streams the log to other terminals. Each selects its lines; a slow one does not block the app.
 */
final class LogStreams {
  /** The maximum queued for one client, in bytes. */
  private static final int MAX_QUEUED = 1024 * 1024;

  private final Orders orders;
  private final AppLog log;
  private final Set<LogQueue> queues = ConcurrentHashMap.newKeySet();

  LogStreams(Orders orders, AppLog log) {
    this.orders = orders;
    this.log = log;
  }

  /** Checks the names of a request. */
  Reply answer(JsonFields request) throws UserError {
    var query = LogQuery.of(request);
    Problem unknown = query.unknownName(orders.desired().instances().keySet());
    if (unknown != null) throw new UserError(unknown);
    return new Reply.Streaming(client -> stream(query, client));
  }

  private void stream(LogQuery query, Reply.ClientStream client) {
    var queue = new LogQueue(MAX_QUEUED, query::wants);
    queues.add(queue);
    if (query.tail()) client.listen(_ -> {}, queue::close);
    // Names have the same width and colours as on the app's own terminal.
    var desired = orders.desired();
    var screen =
        query.screen(
            desired.app().typeOrder(),
            desired.formation().specs().keySet(),
            client.out(),
            queue::close);
    try {
      LogSnapshot kept = log.history().follow(queue);
      if (!query.tail()) log.history().unfollow(queue);
      screen.write(kept);
      while (query.tail() && queue.deliverTo(screen.found())) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.history().unfollow(queue);
      queues.remove(queue);
    }
  }

  /** Ends every stream, after what is queued for it. */
  void close() {
    queues.forEach(LogQueue::close);
  }
}
