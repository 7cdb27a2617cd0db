package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.control.Caller;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.formation.InstanceName;
import jlocal.logs.Grep;
import jlocal.logs.KeptText;
import jlocal.logs.LogQueue;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.terminal.Legend;
import jlocal.terminal.LogForm;
import jlocal.terminal.LogStyle;

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

  /** Checks the names of a request. */
  Reply answer(Request.Logs request) {
    var types = new ArrayList<String>();
    types.addAll(orders.desired().instances().keySet());
    var ours = List.of(Source.MANAGER.toString(), Source.ROUTER.toString());
    for (String name : request.lines().names()) {
      if (ours.contains(name) || types.contains(name.replaceFirst("\\.[0-9]+$", ""))) continue;
      var known = Stream.concat(types.stream(), ours.stream()).toList();
      String near = Nearest.of(name, known);
      String meant = near == null ? "" : "; did you mean '" + near + "'?";
      var problem = Problem.error("there is no '" + Printable.of(name) + "' in this app" + meant);
      return OrderReport.refused(
          List.of(near == null ? problem.hint("there are " + String.join(", ", known)) : problem));
    }
    return new Reply.Streaming();
  }

  void stream(Request.Logs request, Caller caller) {
    Request.Lines lines = request.lines();
    Predicate<Source> wanted = wanted(lines);
    var queue = new LogQueue(MAX_QUEUED, wanted);
    queues.add(queue);
    if (request.tail()) caller.listen(_ -> {}, queue::close);
    LogForm form =
        request.json() ? new LogForm.Json() : new LogForm.Text(LogStyle.plain(request.color()));
    LogSink screen = form.to(caller.out(), legend(wanted), queue::close);
    Pattern text = lines.grep().isEmpty() ? null : Pattern.compile(lines.grep());
    LogSink found = text == null ? screen : new Grep(text, screen);
    try {
      KeptText kept = log.follow(queue, age(lines));
      if (!request.tail()) log.unfollow(queue);
      kept.give(lines.most(), text, screen, found);
      while (request.tail() && queue.giveTo(found)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.unfollow(queue);
      queues.remove(queue);
    }
  }

  private static Duration age(Request.Lines lines) {
    return lines.sinceMs() == 0 ? ANY_AGE : Duration.ofMillis(lines.sinceMs());
  }

  private static Predicate<Source> wanted(Request.Lines lines) {
    return source ->
        switch (source) {
          case Source.App(var name) ->
              (lines.source().isEmpty() || lines.source().equals("app"))
                  && (lines.names().isEmpty() || isNamed(name, lines.names()));
          case Source.Manager _, Source.Router _ ->
              lines.source().equals(source.toString())
                  || (lines.source().isEmpty()
                      && (lines.names().isEmpty() || lines.names().contains(source.toString())));
        };
  }

  private static boolean isNamed(InstanceName name, List<String> names) {
    return names.contains(name.toString()) || names.contains(name.type().name());
  }

  /** Names get the width and the colours they have on the app's own terminal. */
  private Legend legend(Predicate<Source> wanted) {
    var desired = orders.desired();
    var instances = desired.formation().specs().keySet().stream().map(Source.App::new);
    var all = Stream.concat(instances, Stream.of(Source.MANAGER, Source.ROUTER));
    return Legend.of(desired.app().typeOrder(), all.filter(wanted).toList());
  }

  /** Ends every stream, after what is queued for it. */
  void close() {
    queues.forEach(LogQueue::close);
  }
}
