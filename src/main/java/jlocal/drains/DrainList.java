package jlocal.drains;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jlocal.os.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The drains of an app, in a file with mode 0600, since URLs may hold secrets; one {@code d.UUID
 * URL} per line.
 */
public record DrainList(Path file) {
  private static final List<String> SCHEMES =
      List.of("syslog", "syslog+tls", "syslog+udp", "https", "http");

  /**
   * A destination of the log.
   *
   * @param token identifies it, as on Heroku
   */
  public record Drain(String token, URI uri) {
    /** Returns the URL without secrets: user, password, path and query. */
    public String masked() {
      String user = uri.getRawUserInfo() == null ? "" : "****@";
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      boolean isBare = path.length() <= 1 && uri.getRawQuery() == null;
      return uri.getScheme() + "://" + user + uri.getHost() + port + (isBare ? path : "/****");
    }

    @Override
    public String toString() {
      return masked() + " (" + token + ")";
    }
  }

  /** Parses the URL of a drain; null if it is not one. */
  public static @Nullable URI url(String text) {
    try {
      var uri = new URI(text);
      boolean isDrain = uri.getHost() != null && SCHEMES.contains(uri.getScheme());
      return isDrain ? uri : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /** Returns the drains in the order they were added. */
  public List<Drain> all() throws IOException {
    var drains = new ArrayList<Drain>();
    if (!Files.exists(file)) return drains;
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", 2);
      URI uri = parts.length < 2 ? null : url(parts[1]);
      if (uri != null) drains.add(new Drain(parts[0], uri));
    }
    return drains;
  }

  /** Adds a drain; returns null if it exists already. */
  public @Nullable Drain add(URI uri) throws IOException {
    List<Drain> drains = all();
    if (drains.stream().anyMatch(drain -> drain.uri.equals(uri))) return null;
    var added = new Drain("d." + UUID.randomUUID(), uri);
    drains.add(added);
    write(drains);
    return added;
  }

  /** Removes the drain with this URL or token; returns null if there is none. */
  public @Nullable Drain remove(String urlOrToken) throws IOException {
    List<Drain> drains = all();
    for (Drain drain : drains) {
      if (!urlOrToken.equals(drain.token) && !urlOrToken.equals(drain.uri.toString())) continue;
      drains.remove(drain);
      write(drains);
      return drain;
    }
    return null;
  }

  private void write(List<Drain> drains) throws IOException {
    var text = new StringBuilder();
    drains.forEach(drain -> text.append(drain.token + " " + drain.uri + "\n"));
    PrivateFiles.createFolders(file.resolveSibling(""));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    if (drains.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    try (FileChannel out = PrivateFiles.append(next)) {
      var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) out.write(bytes);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
