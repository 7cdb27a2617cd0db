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
import jlocal.logs.LogDrain;
import jlocal.logs.Source;
import jlocal.logs.Tap;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.terminal.Legend;
import jlocal.terminal.LogForm;
import jlocal.terminal.LogStyle;

/** The log for other terminals: each has its own choice of lines, and none is waited for. */
final class LogDesk {
  /** What waits for one reader at most, in bytes. */
  private static final int WAITING = 1024 * 1024;

  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Steering steering;
  private final AppLog log;
  private final Set<Tap> taps = ConcurrentHashMap.newKeySet();

  LogDesk(Steering steering, AppLog log) {
    this.steering = steering;
    this.log = log;
  }

  /** Whether there are such lines at all. */
  Reply answer(Request.Logs request) {
    var types = new ArrayList<String>();
    steering
        .course()
        .blueprint()
        .procfile()
        .entries()
        .keySet()
        .forEach(type -> types.add(type.name()));
    types.addAll(List.of(Source.MANAGER.toString(), Source.ROUTER.toString()));
    for (String name : request.lines().names()) {
      if (types.contains(name.replaceFirst("\\.[0-9]+$", ""))) continue;
      String near = Nearest.of(name, types);
      String meant = near == null ? "" : "; did you mean '" + near + "'?";
      var problem = Problem.error("there is no '" + Printable.of(name) + "' in this app" + meant);
      return Orders.refused(
          List.of(near == null ? problem.hint("there are " + String.join(", ", types)) : problem));
    }
    return new Reply.Streaming();
  }

  void stream(Request.Logs request, Caller caller) {
    Request.Lines lines = request.lines();
    Predicate<Source> wanted = wanted(lines);
    var tap = new Tap(WAITING, wanted);
    taps.add(tap);
    if (request.tail()) caller.listen(_ -> {}, tap::close);
    LogForm form =
        request.json() ? new LogForm.Json() : new LogForm.Text(LogStyle.plain(request.color()));
    LogDrain screen = form.to(caller.out(), legend(wanted), tap::close);
    Pattern text = lines.grep().isEmpty() ? null : Pattern.compile(lines.grep());
    LogDrain found = text == null ? screen : new Grep(text, screen);
    try {
      KeptText kept = log.follow(tap, age(lines));
      if (!request.tail()) log.unfollow(tap);
      kept.give(lines.most(), text, screen, found);
      while (request.tail() && tap.giveTo(found)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.unfollow(tap);
      taps.remove(tap);
    }
  }

  private static Duration age(Request.Lines lines) {
    return lines.sinceMs() == 0 ? FOREVER : Duration.ofMillis(lines.sinceMs());
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

  /** The names are as wide, and as coloured, as on the app's own terminal. */
  private Legend legend(Predicate<Source> wanted) {
    var course = steering.course();
    var instances = course.formation().specs().keySet().stream().map(Source.App::new);
    var all = Stream.concat(instances, Stream.of(Source.MANAGER, Source.ROUTER));
    return Legend.of(course.blueprint().typeOrder(), all.filter(wanted).toList());
  }

  /** Nothing more comes: each gets what waits for it. */
  void close() {
    taps.forEach(Tap::close);
  }
}
