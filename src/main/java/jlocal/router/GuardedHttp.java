package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Undertow's HTTP/1, each of its connections behind a {@link HeadGuard}. */
final class GuardedHttp implements DelegateOpenListener {
  private final HttpOpenListener http;
  private final Entrance entrance;

  GuardedHttp(ByteBufferPool buffers, OptionMap options, Entrance entrance) {
    http = new HttpOpenListener(buffers, options);
    http.setRootHandler(entrance);
    this.entrance = entrance;
  }

  @Override
  public void handleEvent(StreamConnection client) {
    guard(client, null);
    http.handleEvent(client);
  }

  /** A connection inside TLS, of which the first bytes may have been read. */
  @Override
  public void handleEvent(StreamConnection client, PooledByteBuffer read) {
    guard(client, read);
    http.handleEvent(client, read);
  }

  private void guard(StreamConnection client, @Nullable PooledByteBuffer read) {
    var guard = HeadGuard.before(client, read, entrance::sawTls);
    RefusalWatch.behind(client, guard, () -> entrance.sawUnreadable(client, guard.target()));
  }

  @Override
  public HttpHandler getRootHandler() {
    return http.getRootHandler();
  }

  @Override
  public void setRootHandler(HttpHandler handler) {
    http.setRootHandler(handler);
  }

  @Override
  public OptionMap getUndertowOptions() {
    return http.getUndertowOptions();
  }

  @Override
  public void setUndertowOptions(OptionMap options) {
    http.setUndertowOptions(options);
  }

  @Override
  public ByteBufferPool getBufferPool() {
    return http.getBufferPool();
  }

  @Override
  public ConnectorStatistics getConnectorStatistics() {
    return http.getConnectorStatistics();
  }
}
