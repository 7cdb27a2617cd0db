package jlocal.router;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/** One instance as the router reaches it: its name, its port, and how many requests it has. */
final class Backend {
  private static final InetAddress IPV4 = loopback(127, 0, 0, 1);
  private static final InetAddress IPV6 = loopback(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private final InstanceName name;
  private final String label;
  private final int port;
  private final InetSocketAddress first;
  private final InetSocketAddress second;
  private final AtomicInteger busy = new AtomicInteger();
  private volatile InetSocketAddress usual;
  private volatile @Nullable CompletableFuture<Void> emptied;

  Backend(InstanceName name, int port) {
    this.name = name;
    this.label = name.toString();
    this.port = port;
    first = new InetSocketAddress(IPV4, port);
    second = new InetSocketAddress(IPV6, port);
    usual = first;
  }

  InstanceName name() {
    return name;
  }

  int port() {
    return port;
  }

  /** The address that worked last; many an app listens on {@code localhost} and gets only one. */
  InetSocketAddress usual() {
    return usual;
  }

  /** The other address, to be tried when the usual one refuses. */
  InetSocketAddress other(InetSocketAddress refused) {
    return refused.equals(first) ? second : first;
  }

  void worked(InetSocketAddress address) {
    usual = address;
  }

  void enter() {
    busy.incrementAndGet();
  }

  void leave() {
    boolean last = busy.decrementAndGet() == 0;
    CompletableFuture<Void> waited = emptied;
    if (last && waited != null) waited.complete(null);
  }

  /** Completes when no request is here; to be asked when none comes any more. */
  CompletableFuture<Void> emptied() {
    var done = new CompletableFuture<Void>();
    emptied = done;
    if (busy.get() == 0) done.complete(null);
    return done;
  }

  private static InetAddress loopback(int... bytes) {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) address[i] = (byte) bytes[i];
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
