package jlocal.dashboard;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import jlocal.app.RunningApp;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.control.AppInfo;
import jlocal.control.AppKey;
import jlocal.control.ControlClient;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.dashboard.AddOnSource.Document;
import jlocal.json.JsonFields;
import jlocal.json.JsonFields.Malformed;
import jlocal.router.HandledRequest;
import jlocal.router.RecentRequests;
import org.jspecify.annotations.Nullable;

/** Handles the queries and orders of a page, besides its events. May block. */
final class DashboardApi {
  private static final Duration APP_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration TOLD_TIMEOUT = Duration.ofSeconds(5);

  private final RunningApp app;
  private final Supplier<RecentRequests> requests;
  private final Charts charts;
  private final AddOnSource addOns;

  DashboardApi(
      RunningApp app, Supplier<RecentRequests> requests, Charts charts, AddOnSource addOns) {
    this.app = app;
    this.requests = requests;
    this.charts = charts;
    this.addOns = addOns;
  }

  /**
   * Returns the response to a query.
   *
   * @param argument the subject of the query; may be empty
   * @return null if there is no such query
   */
  @Nullable Document get(String name, String argument) throws IOException {
    return switch (name) {
      case "request" -> Document.json(RequestDetails.of(request(argument)));
      case "charts" -> Document.json(charts.json(names(argument)));
      case "config" -> Document.json(JsonFields.of("vars", configVars()));
      case "apps" -> Document.json(JsonFields.of("apps", apps()));
      default -> addOns.get(name, argument);
    };
  }

  private static List<String> names(String argument) {
    return argument.isEmpty() ? List.of() : List.of(argument.split(",", -1));
  }

  /** Executes an order; throws Malformed if it cannot. */
  JsonFields post(String name, JsonFields body) throws IOException {
    return switch (name) {
      case "orders" -> order(body);
      case "replay" -> replay(request(Long.toString(body.whole("number"))));
      case "reveal" -> JsonFields.of("value", revealed(body));
      case "open" -> JsonFields.of("link", linkTo(body.text("procfile")));
      case "clear" -> {
        addOns.clearMail();
        yield JsonFields.of("ok", true);
      }
      default -> throw new Malformed("no such order");
    };
  }

  private HandledRequest request(String number) {
    HandledRequest found =
        number.matches("[0-9]{1,18}") ? requests.get().find(Long.parseLong(number)) : null;
    if (found == null) throw new Malformed("this request is no longer kept");
    return found;
  }

  /** Executes an order as for another terminal; the page cannot end the app. */
  private JsonFields order(JsonFields body) {
    String command = body.text("command");
    List<String> names = body.texts("names");
    if (names.isEmpty() && !command.equals("reload")) throw new Malformed("which process?");
    Request request =
        switch (command) {
          case "start", "restart" -> Request.of(command, "names", names, "await", false);
          case "stop" -> Request.of(command, "names", names);
          case "scale" -> Request.of(command, "changes", names, "await", false);
          case "reload" -> Request.of(command, "await", false);
          default -> throw new Malformed("no such order");
        };
    var said = new ArrayList<String>();
    Reply reply = app.orders().answer(request);
    switch (reply) {
      case Reply.Done(var did) -> said.addAll(did);
      case Reply.Failed(_, var failed, _) -> said.addAll(failed);
      case Reply.Refused(var why, var hint) -> said.add(hint.isEmpty() ? why : why + "; " + hint);
      case Reply.Answer _ -> {}
    }
    return JsonFields.of("ok", reply instanceof Reply.Done, "said", said);
  }

  /** Sends a request again; returns both for comparison. */
  private JsonFields replay(HandledRequest first) throws IOException {
    String refusal = RequestReplay.refusal(first);
    if (refusal != null) throw new Malformed(refusal);
    var port = new CompletableFuture<Integer>();
    app.inside().router().accept(router -> port.complete(router.port()));
    try {
      String id = RequestReplay.send(first, port.get(1, TimeUnit.SECONDS));
      HandledRequest second = requests.get().await(id, TOLD_TIMEOUT);
      if (second == null) throw new Malformed("the response arrived, but is no longer kept");
      return JsonFields.of("first", RequestDetails.of(first), "second", RequestDetails.of(second));
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException("the router is not open", e);
    }
  }

  /** Returns a masked value: a config var, or a field of a request. */
  private String revealed(JsonFields body) {
    String name = body.text("name");
    if (!body.has("number")) {
      String value = app.inside().definition().get().vars().get(name);
      if (value == null) throw new Malformed("there is no config var " + name);
      return value;
    }
    HandledRequest request = request(Long.toString(body.whole("number")));
    HeaderMap fields = body.flag("response") ? request.answered() : request.fields();
    HeaderValues values = fields.get(name);
    if (values == null) throw new Malformed("there is no field " + name);
    return String.join("\n", values);
  }

  /** Returns names and origins; values only one at a time, on request. */
  private List<JsonFields> configVars() {
    Map<String, String> applied = app.inside().definition().get().vars();
    ConfigVars read = app.inside().configVars().get();
    var vars = new ArrayList<JsonFields>();
    for (ConfigVar each : read.byName().values()) {
      var shadows = new ArrayList<String>();
      for (@Nullable ConfigVar other = each.shadows(); other != null; other = other.shadows()) {
        shadows.add(place(other));
      }
      if (System.getenv(each.name()) != null) shadows.add("the shell's");
      boolean isApplied = each.value().equals(applied.get(each.name()));
      vars.add(
          JsonFields.of(
              "name", each.name(),
              "origin", place(each),
              "shadows", shadows,
              "applied", isApplied,
              "known", applied.containsKey(each.name())));
    }
    return vars;
  }

  private static String place(ConfigVar found) {
    return found.file() + ":" + found.line();
  }

  private static List<JsonFields> apps() throws IOException {
    return ControlClient.runningApps(System.getenv()).stream().map(AppInfo::fields).toList();
  }

  /** Returns a link to the page of another running app of this user. */
  private static String linkTo(String procfile) throws IOException {
    for (AppInfo each : ControlClient.runningApps(System.getenv())) {
      if (!each.procfile().equals(procfile)) continue;
      var key = new AppKey(each.root(), each.procfile());
      try (var client = ControlClient.connect(key, System.getenv())) {
        if (client == null) break;
        Reply reply = client.ask(Request.of("dashboard", "open", false), APP_TIMEOUT);
        if (reply instanceof Reply.Done(var did)) return did.getFirst();
        throw new Malformed("its jlocal has no dashboard");
      }
    }
    throw new Malformed("it is no longer running");
  }
}
