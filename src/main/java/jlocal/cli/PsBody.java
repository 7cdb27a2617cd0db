package jlocal.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.json.JsonWriter;

/** {@code jlocal ps}. */
final class PsBody implements CallBody<PsOptions> {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String UP_AND_CLEAR = "\033[%dA\033[J";

  @Override
  public int run(PsOptions options, Context context) throws IOException {
    var call = new AppCall(options.app(), context);
    int status = show(call, options, context, "");
    while (options.watch() && status == ExitCode.DONE.status()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      status = show(call, options, context, UP_AND_CLEAR);
    }
    return status;
  }

  private int lines;

  private int show(AppCall call, PsOptions options, Context context, String before)
      throws IOException {
    return call.question(
        new Request.Ps(),
        (reply, _) -> {
          if (!(reply instanceof Reply.Instances(var all))) {
            throw new IllegalStateException("" + reply);
          }
          if (context.out().color() && !options.json()) {
            context.out().writer().print(before.formatted(lines));
          }
          print(all, options.json(), context.out());
          return ExitCode.DONE.status();
        });
  }

  private void print(List<InstanceStatus> all, boolean json, Out out) {
    if (json) {
      out.exact(JsonWriter.write(all.stream().map(InstanceStatus::members).toList()));
    } else {
      List<String> table = PsTable.lines(all);
      table.forEach(out::line);
      lines = table.size();
    }
    out.writer().flush();
  }
}
