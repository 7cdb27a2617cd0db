package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import jlocal.control.ControlClient;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;

/** {@code jlocal logs}. */
final class LogsBody implements CallBody<LogsOptions> {
  @Override
  public int run(LogsOptions options, Context context) throws IOException {
    boolean color = options.color().colors(context.environment(), Terminal.is(Stream.OUT));
    Request.Logs asked = options.request().inColor(color);
    return new AppCall(options.app(), context).question(asked, (_, client) -> copy(client));
  }

  private static int copy(ControlClient client) throws IOException {
    WritableByteChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
    client.copyTo(out);
    return ExitCode.DONE.status();
  }
}
