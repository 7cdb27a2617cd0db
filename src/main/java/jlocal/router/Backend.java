package jlocal.router;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/** An instance: its addresses, and how many requests it is processing. */
final class Backend {
  private final InstanceName name;
  private final String label;
  private final int port;
  private final InetSocketAddress ipv4;
  private final InetSocketAddress ipv6;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile InetSocketAddress address;
  private volatile @Nullable CompletableFuture<Void> drained;

  Backend(InstanceName name, int port) {
    this.name = name;
    this.label = name.toString();
    this.port = port;
    ipv4 = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    ipv6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), port);
    address = ipv4;
  }

  InstanceName name() {
    return name;
  }

  int port() {
    return port;
  }

  /** The loopback address that last accepted a connection; an app may listen on only one. */
  InetSocketAddress address() {
    return address;
  }

  InetSocketAddress otherAddress(InetSocketAddress refused) {
    return refused.equals(ipv4) ? ipv6 : ipv4;
  }

  void connected(InetSocketAddress to) {
    address = to;
  }

  void requestStarted() {
    requests.incrementAndGet();
  }

  /** The number of requests in progress. */
  int openRequests() {
    return requests.get();
  }

  void requestEnded() {
    boolean last = requests.decrementAndGet() == 0;
    CompletableFuture<Void> waiting = drained;
    if (last && waiting != null) waiting.complete(null);
  }

  /** Completes when no request is in progress; to be called when the backend gets no more. */
  CompletableFuture<Void> drained() {
    var done = new CompletableFuture<Void>();
    drained = done;
    if (requests.get() == 0) done.complete(null);
    return done;
  }

  @Override
  public String toString() {
    return label;
  }
}
