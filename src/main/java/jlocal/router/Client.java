package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Who is at the other end of a connection, worked out once for all of its requests.
 *
 * @param address as {@code X-Forwarded-For} has it
 * @param port of ours that was connected to
 */
record Client(String address, int port) {
  private static final AttachmentKey<Client> KEY = AttachmentKey.create(Client.class);

  static Client of(HttpServerExchange exchange) {
    ServerConnection connection = exchange.getConnection();
    Client known = connection.getAttachment(KEY);
    if (known != null) return known;
    InetAddress from = exchange.getSourceAddress().getAddress();
    var client = new Client(text(from), exchange.getDestinationAddress().getPort());
    connection.putAttachment(KEY, client);
    return client;
  }

  private static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) return address.getHostAddress();
    String text = address.isLoopbackAddress() ? "::1" : address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
