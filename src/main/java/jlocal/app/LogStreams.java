package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.control.Reply;
import jlocal.formation.InstanceName;
import jlocal.json.JsonFields;
import jlocal.logs.Grep;
import jlocal.logs.KeptText;
import jlocal.logs.LogQueue;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.terminal.LogForm;
import org.jspecify.annotations.Nullable;

/**
 * Streams the log to other terminals. Each selects its lines; a slow one does not block the app.
 */
final class LogStreams {
  /** The most that is queued for one client, in bytes. */
  private static final int MAX_QUEUED = 1024 * 1024;

  private static final Duration ANY_AGE = Duration.ofDays(36_500);

  private final Orders orders;
  private final AppLog log;
  private final Set<LogQueue> queues = ConcurrentHashMap.newKeySet();

  LogStreams(Orders orders, AppLog log) {
    this.orders = orders;
    this.log = log;
  }

  /**
   * What a client asks for.
   *
   * @param tail whether it goes on with what comes
   * @param lines how many of the kept lines at most
   * @param names only of these types or instances; none for all
   * @param source {@code app}, {@code router} or {@code manager}; empty for all
   * @param grep only lines in which this is found; null for all
   * @param age how old kept lines can be at most
   */
  private record Query(
      boolean tail,
      int lines,
      List<String> names,
      String source,
      @Nullable Pattern grep,
      Duration age,
      LogForm form) {
    static Query of(JsonFields request) {
      String grep = request.text("grep");
      long since = request.whole("since");
      return new Query(
          request.flag("tail"),
          request.small("lines"),
          request.texts("names"),
          request.text("source"),
          grep.isEmpty() ? null : Pattern.compile(grep),
          since == 0 ? ANY_AGE : Duration.ofMillis(since),
          request.flag("json") ? new LogForm.Json() : LogForm.Text.plain(request.flag("color")));
    }

    boolean wants(Source from) {
      return switch (from) {
        case Source.App(var name) ->
            (source.isEmpty() || source.equals("app")) && (names.isEmpty() || names(name));
        case Source.Manager _, Source.Router _ ->
            source.equals(from.toString())
                || (source.isEmpty() && (names.isEmpty() || names.contains(from.toString())));
      };
    }

    private boolean names(InstanceName name) {
      return names.contains(name.toString()) || names.contains(name.type().name());
    }
  }

  /** Checks the names of a request. */
  Reply answer(JsonFields request) {
    var query = Query.of(request);
    var types = new ArrayList<String>();
    types.addAll(orders.desired().instances().keySet());
    var ours = List.of(Source.MANAGER.toString(), Source.ROUTER.toString());
    for (String name : query.names()) {
      if (ours.contains(name) || types.contains(name.replaceFirst("\\.[0-9]+$", ""))) continue;
      var known = Stream.concat(types.stream(), ours.stream()).toList();
      String near = Nearest.of(name, known);
      String meant = near == null ? "" : "; did you mean '" + near + "'?";
      var problem = Problem.error("there is no '" + Printable.of(name) + "' in this app" + meant);
      return OrderReport.refused(
          List.of(near == null ? problem.hint("there are " + String.join(", ", known)) : problem));
    }
    return new Reply.Streaming(client -> stream(query, client));
  }

  private void stream(Query query, Reply.ClientStream client) {
    var queue = new LogQueue(MAX_QUEUED, query::wants);
    queues.add(queue);
    if (query.tail()) client.listen(_ -> {}, queue::close);
    LogSink screen = query.form().to(client.out(), names(query::wants), queue::close);
    LogSink found = query.grep() == null ? screen : new Grep(query.grep(), screen);
    try {
      KeptText kept = log.history().follow(queue, query.age());
      if (!query.tail()) log.history().unfollow(queue);
      kept.give(query.lines(), query.grep(), screen, found);
      while (query.tail() && queue.giveTo(found)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.history().unfollow(queue);
      queues.remove(queue);
    }
  }

  /** Names get the width and the colours they have on the app's own terminal. */
  private LogForm.Names names(Predicate<Source> wanted) {
    var desired = orders.desired();
    return LogForm.Names.of(
        desired.app().typeOrder(), desired.formation().specs().keySet(), wanted);
  }

  /** Ends every stream, after what is queued for it. */
  void close() {
    queues.forEach(LogQueue::close);
  }
}
