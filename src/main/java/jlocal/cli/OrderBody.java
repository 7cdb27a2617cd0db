package jlocal.cli;

import java.io.IOException;
import java.util.function.Function;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonWriter;

/** Gives an order to the running app. */
record OrderBody(Function<OrderOptions, Request> request) implements CallBody<OrderOptions> {
  @Override
  public int run(OrderOptions options, Context context) throws IOException {
    var call = new AppCall(options.app(), context);
    Request asked = request.apply(options);
    return switch (asked) {
      case Request.Scale(var changes, _) when changes.isEmpty() ->
          call.question(asked, (reply, _) -> print(reply, options, context));
      case Request.Stop(var names) when names.isEmpty() ->
          call.longOrder(
              asked,
              (reply, client) -> {
                // When jlocal itself has gone, too, its ports are free and it can be started again.
                client.awaitEnd();
                return call.tell(reply);
              });
      default -> call.order(asked);
    };
  }

  /** In a form that {@code scale} takes again. */
  private static int print(Reply reply, OrderOptions options, Context context) {
    if (!(reply instanceof Reply.Counts(var counts))) throw new IllegalStateException("" + reply);
    if (options.json()) {
      context.out().exact(JsonWriter.write(counts));
    } else {
      var words = counts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      context.out().line(String.join(" ", words));
    }
    return ExitCode.DONE.status();
  }
}
