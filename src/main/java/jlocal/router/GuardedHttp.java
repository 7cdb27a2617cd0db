package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Undertow's HTTP/1; the heads of its requests are read by a {@link RequestHeadConduit}. */
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
    RequestHeadConduit.install(client, getBufferPool(), entrance::sawTls);
    http.handleEvent(client);
  }

  /** A connection inside TLS, of which the first bytes may have been read. */
  @Override
  public void handleEvent(StreamConnection client, PooledByteBuffer read) {
    try (read) {
      RequestHeadConduit.install(client, getBufferPool(), entrance::sawTls)
          .unread(read.getBuffer());
    }
    http.handleEvent(client);
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
