package jlocal.formation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Servers that other processes of an app depend on, recognized by their programs. */
public enum KnownServer {
  POSTGRES("postgres", Set.of("postgres", "postmaster"), 5432, Set.of(), "PG"),
  REDIS("redis", Set.of("redis-server", "redis-stack-server"), 6379, Set.of(), "REDIS"),
  VALKEY("valkey", Set.of("valkey-server"), 6379, Set.of(), "VALKEY"),
  MYSQL("mysql", Set.of("mysqld", "mysqld_safe"), 3306, Set.of(33060), "MYSQL"),
  MARIADB("mariadb", Set.of("mariadbd", "mariadbd-safe"), 3306, Set.of(), "M"),
  MONGO("mongod", Set.of("mongod", "mongos"), 27017, Set.of(), "MONGO"),
  RABBITMQ("rabbitmq", Set.of("rabbitmq-server"), 5672, Set.of(4369, 25672), "RABBITMQ"),
  MEMCACHED("memcached", Set.of("memcached"), 11211, Set.of(), "MEMCACHE"),
  ELASTICSEARCH("elasticsearch", Set.of("elasticsearch"), 9200, Set.of(9300), "ES_"),
  OPENSEARCH("opensearch", Set.of("opensearch"), 9200, Set.of(9300), "OPENSEARCH"),
  NATS("nats", Set.of("nats-server"), 4222, Set.of(6222, 8222), "NATS"),
  KAFKA("kafka", Set.of("kafka-server-start"), 9092, Set.of(9093), "KAFKA"),
  MINIO("minio", Set.of("minio"), 9000, Set.of(), "MINIO"),
  MAILPIT("mailpit", Set.of("mailpit"), 1025, Set.of(), "MP_"),
  /** That of the add-on mail. */
  MAIL("a mail server", Set.of("java"), 0, Set.of(), "JAVA"),
  DOCKER("docker", Set.of("docker", "docker-compose", "podman"), 0, Set.of(), "");

  private final String shown;
  private final Set<String> programs;
  private final int usualPort;
  private final Set<Integer> otherPorts;
  private final String prefix;

  KnownServer(
      String shown, Set<String> programs, int usualPort, Set<Integer> otherPorts, String prefix) {
    this.shown = shown;
    this.programs = programs;
    this.usualPort = usualPort;
    this.otherPorts = otherPorts;
    this.prefix = prefix;
  }

  /** Returns the server that a program with these arguments runs; null if it is none. */
  static @Nullable KnownServer of(String program, List<String> arguments) {
    for (KnownServer server : values()) {
      if (server.programs.contains(program) && server.isServing(program, arguments)) return server;
    }
    return null;
  }

  private boolean isServing(String program, List<String> arguments) {
    return switch (this) {
      case MAIL -> arguments.contains("jlocal.addons.MailServer");
      case MINIO -> arguments.contains("server");
      case DOCKER ->
          (arguments.contains("up") && (arguments.contains("compose") || program.contains("-")))
              || (arguments.contains("run") && ServerCommand.publishes(arguments));
      default -> true;
    };
  }

  /** Its default port; 0 if unknown. */
  public int usualPort() {
    return usualPort;
  }

  /** Whether the port serves clients; a server opens its other ports earlier. */
  public boolean isForClients(int port) {
    return !otherPorts.contains(port);
  }

  /** Whether it reads a variable of that name; for docker this is not known. */
  boolean reads(String variable) {
    return variable.startsWith(prefix) || variable.equals("PORT") || variable.equals("PATH");
  }

  @Override
  public String toString() {
    return shown;
  }
}
