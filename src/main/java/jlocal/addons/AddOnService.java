package jlocal.addons;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.os.Signal;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A kind of add-on.
 *
 * @param names Heroku's first, then others
 * @param type the name of its process type
 * @param attachment the first part of its variables' names: {@code DATABASE}
 * @param programs its installed programs
 * @param traits its special properties
 * @param stopSignal ends it without waiting for its clients
 */
public record AddOnService(
    List<String> names,
    String type,
    String product,
    String attachment,
    Programs programs,
    List<Trait> traits,
    Signal stopSignal,
    Server server) {
  /** All services. */
  public static final List<AddOnService> ALL =
      List.of(
          Postgres.SERVICE,
          Redis.SERVICE,
          MariaDb.service("JAWSDB", "jawsdb", "mysql", "mariadb"),
          MariaDb.service("JAWSDB_MARIA", "jawsdb-maria"),
          MariaDb.service("CLEARDB_DATABASE", "cleardb"),
          Memcached.SERVICE,
          Mail.service("mailtrap", "mail"),
          Mail.service("sendgrid"));

  private static final int TIMEOUT_MILLIS = 1000;

  /**
   * The programs of a server.
   *
   * @param servers the first one found is used; none for a part of jlocal
   * @param beside programs that must be in the same folder
   * @param folders to search besides PATH and Homebrew's: patterns with at most one star
   * @param debian the package with the programs
   * @param brew the formulae with the programs
   * @param artifact a Maven artifact with the programs; empty for none
   */
  record Programs(
      List<String> servers,
      List<String> beside,
      List<String> folders,
      String debian,
      List<String> brew,
      String artifact) {
    /** The programs of a service that is part of jlocal. */
    static final Programs NONE = new Programs(List.of(), List.of(), List.of(), "", List.of(), "");

    /** Returns the patterns of all folders. */
    List<String> places() {
      var all = new ArrayList<>(folders);
      for (String formula : brew) {
        all.add("/opt/homebrew/opt/" + formula + "*/bin");
        all.add("/usr/local/opt/" + formula + "*/bin");
      }
      return all;
    }
  }

  /** A special property of a service. */
  enum Trait {
    REFUSES_ROOT,
    /** Newer versions cannot read the data of older ones. */
    READS_ITS_MAJOR_ONLY
  }

  /** The differences between servers. */
  interface Server {
    /** Creates its first data in an existing empty folder. */
    void make(AddOn addOn, Path data) throws IOException;

    /** Returns the command that runs it in its data folder. */
    String command(AddOn addOn);

    /** Whether it is ready for clients. */
    boolean answers(AddOn addOn);

    /** Returns the variables for the app's processes, the main one first. */
    SequencedMap<String, String> variables(AddOn addOn);

    /** Describes its data; empty if unknown. */
    default String content(Path data) throws IOException {
      return "";
    }
  }

  /** Returns the service of a name; null if there is none. */
  static @Nullable AddOnService find(String name) {
    for (AddOnService service : ALL) if (service.names().contains(name)) return service;
    return null;
  }

  /** Returns the service of a typed name. */
  public static AddOnService named(String typed) throws UserError {
    AddOnService found = find(typed);
    if (found != null) return found;
    List<String> names = ALL.stream().flatMap(it -> it.names().stream()).toList();
    String near = Nearest.hint(typed, names);
    throw new UserError(
        "there is no service '" + Printable.of(typed) + "'" + near,
        "'jlocal addons:services' lists them");
  }

  /** Whether its server is a part of jlocal. */
  public boolean isOwn() {
    return programs.servers().isEmpty();
  }

  /** Returns the packages with its programs, for people. */
  public String packages() {
    return "Debian's %s or Homebrew's %s".formatted(programs.debian, programs.brew.getFirst());
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether an engine can read the data of another version; never those of a newer one. */
  boolean reads(String data, String engine) {
    int wanted = InstalledServer.major(data);
    int found = InstalledServer.major(engine);
    return has(Trait.READS_ITS_MAJOR_ONLY) ? found == wanted : found >= wanted;
  }

  /** Returns the variables for Java: those of Heroku's JVM buildpack, and Spring's. */
  static SequencedMap<String, String> java(String jdbc, String user, String password) {
    var all = new LinkedHashMap<String, String>();
    all.put("JDBC_DATABASE_URL", jdbc + "?user=" + user + "&password=" + password);
    all.put("SPRING_DATASOURCE_URL", jdbc);
    for (String each : List.of("JDBC_DATABASE", "SPRING_DATASOURCE")) {
      all.put(each + "_USERNAME", user);
      all.put(each + "_PASSWORD", password);
    }
    return all;
  }

  /** Returns the first bytes of a server's reply to a message; empty if it does not reply. */
  static String ask(int port, byte[] message) {
    try (var socket = new Socket()) {
      var there = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      socket.connect(there, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(message);
      byte[] answer = new byte[16];
      int length = Math.max(0, socket.getInputStream().read(answer));
      return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
