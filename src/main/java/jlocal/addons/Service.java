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
 * @param type what its process type is called
 * @param attachment the first part of its variables' names: {@code DATABASE}
 * @param programs how it is found
 * @param traits what is special about it
 * @param stopSignal what ends it without waiting for its clients
 */
public record Service(
    List<String> names,
    String type,
    String product,
    String attachment,
    Programs programs,
    List<Trait> traits,
    Signal stopSignal,
    Server server) {
  /** All there are. */
  public static final List<Service> ALL =
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
   * @param servers of which the first that is found is taken; none for what is a part of jlocal
   * @param beside which must be in the same folder
   * @param folders where they may be besides PATH and Homebrew's: patterns with one star at most
   * @param debian the package that has them
   * @param brew the formulae that have them
   * @param artifact of a Maven repository that holds them; empty for none
   */
  record Programs(
      List<String> servers,
      List<String> beside,
      List<String> folders,
      String debian,
      List<String> brew,
      String artifact) {
    /** Of what is a part of jlocal. */
    static final Programs NONE = new Programs(List.of(), List.of(), List.of(), "", List.of(), "");

    /** The patterns of all folders. */
    List<String> places() {
      var all = new ArrayList<>(folders);
      for (String formula : brew) {
        all.add("/opt/homebrew/opt/" + formula + "*/bin");
        all.add("/usr/local/opt/" + formula + "*/bin");
      }
      return all;
    }
  }

  /** What is special about a service. */
  enum Trait {
    REFUSES_ROOT,
    /** Newer versions do not read the data of older ones either. */
    READS_ITS_MAJOR_ONLY
  }

  /** What differs between servers. */
  interface Server {
    /** Makes its first data in a folder that is there and empty. */
    void make(AddOn addOn, Path data) throws IOException;

    /** The command that runs it in the folder of its data. */
    String command(AddOn addOn);

    /** Whether it answers its clients now. */
    boolean answers(AddOn addOn);

    /** What the app's processes get; the first one is what stands for the add-on. */
    SequencedMap<String, String> variables(AddOn addOn);

    /** What its data hold, in words; empty for nothing that can be told. */
    default String content(Path data) throws IOException {
      return "";
    }
  }

  /** The service of a name; null when there is none. */
  static @Nullable Service find(String name) {
    for (Service service : ALL) if (service.names().contains(name)) return service;
    return null;
  }

  /** The service of a name as typed. */
  public static Service named(String typed) throws UserError {
    Service found = find(typed);
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

  /** What has its programs, for a person. */
  public String packages() {
    return "Debian's %s or Homebrew's %s".formatted(programs.debian, programs.brew.getFirst());
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether an engine of one version reads the data of another; of an older one never. */
  boolean reads(String data, String engine) {
    int wanted = Engine.major(data);
    int found = Engine.major(engine);
    return has(Trait.READS_ITS_MAJOR_ONLY) ? found == wanted : found >= wanted;
  }

  /** What Java reads: the variables of Heroku's JVM buildpack, and Spring's. */
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

  /** The first bytes that a server answers to a message; empty when it does not. */
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
