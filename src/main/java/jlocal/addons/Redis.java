package jlocal.addons;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.os.PrivateFiles;
import jlocal.os.Signal;

/** Redis or Valkey. */
final class Redis implements AddOnService.Server {
  static final AddOnService SERVICE =
      new AddOnService(
          List.of("heroku-redis", "heroku-key-value-store", "redis", "valkey"),
          "redis",
          "Redis",
          "REDIS",
          new AddOnService.Programs(
              List.of("redis-server", "valkey-server"),
              List.of(),
              List.of(),
              "redis-server",
              List.of("redis", "valkey"),
              "com.github.codemonstur:embedded-redis"),
          List.of(),
          Signal.TERM,
          new Redis());

  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void make(AddOn addOn, Path data) throws IOException {
    Path file = Files.createFile(data.resolve("redis.conf"), PrivateFiles.FILE);
    // Each write is in the append-only file before its reply.
    Files.writeString(
        file,
        """
        bind 127.0.0.1
        requirepass %s
        appendonly yes
        daemonize no
        """
            .formatted(addOn.password()));
  }

  @Override
  public String command(AddOn addOn) {
    return addOn.engine().server() + " redis.conf --port " + addOn.port();
  }

  /** Whether the server is ready; while it loads data, it sends another reply. */
  @Override
  public boolean answers(AddOn addOn) {
    return AddOnService.ask(addOn.port(), PING).startsWith("-NOAUTH");
  }

  @Override
  public SequencedMap<String, String> variables(AddOn addOn) {
    String url = "redis://:" + addOn.password() + "@127.0.0.1:" + addOn.port();
    var all = new LinkedHashMap<String, String>();
    all.put(addOn.attachment() + "_URL", url);
    if (addOn.attachment().equals("REDIS")) all.put("SPRING_DATA_REDIS_URL", url);
    return all;
  }
}
