package jlocal.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the known server that a command starts, also behind {@code exec}, {@code env A=b}, a
 * path, {@code bundle exec} or a script of package.json.
 *
 * @param ports those that docker publishes; empty for others
 */
record ServerCommand(KnownServer server, List<Integer> ports) {
  private static final Pattern BETWEEN_COMMANDS = Pattern.compile("&&|\\|\\||[;|&\\n(){}]");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /** Programs that run the program named after them. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "exec", "env", "command", "nohup", "nice", "ionice", "setsid", "sudo", "doas", "time",
          "stdbuf", "bash", "sh", "zsh", "bundle", "npx", "bunx", "poetry", "pipenv", "uv",
          "dotenv", "mise", "nix", "arch", "unshare", "setpriv");

  private static final Set<String> PACKAGE_MANAGERS = Set.of("npm", "yarn", "pnpm", "bun");

  /** {@code 5433:5432}, {@code 127.0.0.1:5433:5432/tcp}: the first port is the host's. */
  private static final Pattern PUBLISHED =
      Pattern.compile("(?:[0-9.]+:|\\[[0-9a-f:]+\\]:)?([0-9]{1,5}):[0-9]{1,5}(?:/tcp)?");

  private static final Pattern COMPOSE_PORT =
      Pattern.compile("(?m)^\\s*-\\s*[\"']?(" + PUBLISHED + ")[\"']?\\s*(?:#.*)?$");

  /** The name of a service, at the usual indentation. */
  private static final Pattern SERVICE = Pattern.compile(" {2}([A-Za-z0-9._-]+):\\s*");

  private static final List<String> COMPOSE_FILES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

  /**
   * Returns the server that a command starts; null if none.
   *
   * @param files reads a file of the app; null if it does not exist
   */
  static @Nullable ServerCommand of(String command, Function<String, @Nullable String> files) {
    return of(command, files, 3);
  }

  private static @Nullable ServerCommand of(
      String command, Function<String, @Nullable String> files, int depth) {
    for (String part : BETWEEN_COMMANDS.split(command, -1)) {
      List<String> words = program(part);
      if (words.isEmpty()) continue;
      String path = words.getFirst();
      String program = path.substring(path.lastIndexOf('/') + 1);
      List<String> arguments = words.subList(1, words.size());
      if (PACKAGE_MANAGERS.contains(program) && depth > 0) {
        ServerCommand found = ofScript(arguments, files, depth - 1);
        if (found != null) return found;
      }
      String name = program.endsWith(".sh") ? program.substring(0, program.length() - 3) : program;
      KnownServer server = KnownServer.of(name, arguments);
      if (server != null) return new ServerCommand(server, ports(server, arguments, files));
    }
    return null;
  }

  /** Returns the words of a command from the program's name on. */
  private static List<String> program(String part) {
    var words = new ArrayList<String>();
    for (String word : part.replaceAll("[\"']", "").strip().split("\\s+", -1)) {
      if (!word.isEmpty()) words.add(word);
    }
    boolean wrapped = false;
    while (!words.isEmpty()) {
      String first = words.getFirst();
      boolean wrapper = WRAPPERS.contains(first.substring(first.lastIndexOf('/') + 1));
      boolean skipped = wrapped && (first.startsWith("-") || first.equals("run"));
      if (!wrapper && !skipped && !ASSIGNMENT.matcher(first).matches()) break;
      wrapped |= wrapper;
      words.removeFirst();
    }
    return words;
  }

  private static @Nullable ServerCommand ofScript(
      List<String> arguments, Function<String, @Nullable String> files, int depth) {
    var words = new ArrayList<>(arguments);
    words.removeIf(word -> word.startsWith("-") || word.equals("run"));
    String json = words.isEmpty() ? null : files.apply("package.json");
    if (json == null) return null;
    Object script = JsonFields.find(json, List.of("scripts", words.getFirst()));
    return script instanceof String text ? of(text, files, depth) : null;
  }

  /** Whether docker's arguments publish a known port of the host. */
  static boolean publishes(List<String> arguments) {
    return !published(arguments).isEmpty();
  }

  private static List<Integer> published(List<String> arguments) {
    var ports = new ArrayList<Integer>();
    for (String word : arguments) {
      Matcher port = PUBLISHED.matcher(word.replaceFirst("^(-p|--publish=)", ""));
      if (port.matches()) ports.add(Integer.parseInt(port.group(1)));
    }
    return ports;
  }

  private static List<Integer> ports(
      KnownServer server, List<String> arguments, Function<String, @Nullable String> files) {
    if (server != KnownServer.DOCKER) return List.of();
    if (!arguments.contains("up")) return published(arguments);
    var services =
        new ArrayList<>(arguments.subList(arguments.indexOf("up") + 1, arguments.size()));
    services.removeIf(word -> word.startsWith("-"));
    var ports = new ArrayList<Integer>();
    for (String name : COMPOSE_FILES) {
      String file = files.apply(name);
      if (file == null) continue;
      Matcher port = COMPOSE_PORT.matcher(services.isEmpty() ? file : blocks(file, services));
      while (port.find()) ports.add(Integer.parseInt(port.group(2)));
      break;
    }
    return ports;
  }

  /** Returns the sections of a compose file for these services. */
  private static String blocks(String file, List<String> services) {
    var blocks = new StringBuilder();
    boolean isWanted = false;
    for (String line : file.lines().toList()) {
      Matcher service = SERVICE.matcher(line);
      if (service.matches()) isWanted = services.contains(service.group(1));
      else if (isWanted) blocks.append(line).append('\n');
    }
    return blocks.toString();
  }

  /**
   * Returns its readiness check. Processes in docker listen elsewhere, so the published ports are
   * tried.
   */
  Readiness readiness() {
    if (server != KnownServer.DOCKER) return new Readiness.Listening(server);
    return ports.isEmpty() ? new Readiness.Alive() : new Readiness.Port(ports);
  }
}
