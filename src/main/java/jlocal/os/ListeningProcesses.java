package jlocal.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Finds the processes that listen on TCP ports, in /proc/net; proc(5). Empty on macOS. */
public final class ListeningProcesses {
  private static final String LISTEN = "0A";

  private ListeningProcesses() {}

  /**
   * The process that listens on a port.
   *
   * @param command its name in the kernel, at most 15 characters
   */
  public record Holder(String command, long pid) {
    @Override
    public String toString() {
      return command + " (pid " + pid + ")";
    }
  }

  /** Returns the process that listens on a port; null if there is none or it is unknown. */
  public static @Nullable Holder holder(int port) {
    for (Map.Entry<String, Integer> socket : sockets().entrySet()) {
      if (socket.getValue() != port) continue;
      for (ProcFs.Stat process : ProcFs.processes()) {
        if (inodes(process.pid()).contains(socket.getKey())) return named(process.pid());
      }
    }
    return null;
  }

  /**
   * The sockets on which a process and its descendants listen.
   *
   * @param isLocal whether also on a UNIX socket
   */
  public record Tree(SortedSet<Integer> ports, boolean isLocal, List<Long> pids) {}

  /** Returns the sockets on which a process, its group and its descendants listen. */
  public static Tree ofTree(long leader) {
    return trees().apply(leader);
  }

  /** Like {@link #ofTree}, for several pids at one moment. */
  public static LongFunction<Tree> trees() {
    List<ProcFs.Stat> all = ProcFs.processes();
    Map<String, Integer> sockets = sockets();
    Set<String> local = localSockets();
    return leader -> tree(leader, all, sockets, local);
  }

  private static Tree tree(
      long leader, List<ProcFs.Stat> all, Map<String, Integer> sockets, Set<String> local) {
    var pids = new LinkedHashSet<>(List.of(leader));
    int before;
    do {
      before = pids.size();
      for (ProcFs.Stat process : all) {
        if (process.group() == leader || pids.contains(process.parent())) pids.add(process.pid());
      }
    } while (pids.size() > before);
    var ports = new TreeSet<Integer>();
    boolean isLocal = false;
    for (long pid : pids) {
      for (String inode : inodes(pid)) {
        Integer port = sockets.get(inode);
        if (port != null) ports.add(port);
        isLocal |= local.contains(inode);
      }
    }
    return new Tree(ports, isLocal, List.copyOf(pids));
  }

  /** Whether the open files of a process are visible to this user. */
  public static boolean isVisible(long pid) {
    return Files.isReadable(Path.of("/proc", Long.toString(pid), "fd"));
  }

  /** Returns the TCP ports that are listened on. */
  public static Set<Integer> ports() {
    return Set.copyOf(sockets().values());
  }

  /** Returns an identification of all listening sockets, which changes when they do. */
  public static String all() {
    return sockets().keySet() + " " + localSockets();
  }

  /**
   * Returns the user of the process that is connected to a local port.
   *
   * @param client the port at its own end
   * @return -1 if unknown: on macOS, or if the process is on another machine
   */
  public static int user(int client, int port) {
    String ends = "[0-9A-F]+:%04X [0-9A-F]+:%04X".formatted(client, port);
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : ProcFs.read("net/" + table).lines().toList()) {
        String[] fields = line.strip().split(" +", -1);
        if (fields.length > 9 && (fields[1] + " " + fields[2]).matches(ends))
          return Integer.parseInt(fields[7]);
      }
    }
    return -1;
  }

  /** Reads a file in the working directory of a process; empty if it does not exist. */
  public static String fileOf(long pid, String name) {
    return ProcFs.read(pid + "/cwd/" + name);
  }

  /** Returns the inodes of UNIX sockets that accept connections: flag SO_ACCEPTCON. */
  private static Set<String> localSockets() {
    var found = new LinkedHashSet<String>();
    for (String line : ProcFs.read("net/unix").lines().toList()) {
      String[] fields = line.split(" +", 8);
      if (fields.length > 6 && fields[3].equals("00010000")) found.add(fields[6]);
    }
    return found;
  }

  /** Maps inodes of listening sockets to ports. */
  private static Map<String, Integer> sockets() {
    var found = new HashMap<String, Integer>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : ProcFs.read("net/" + table).lines().toList()) {
        String[] fields = line.strip().split(" +", -1);
        if (fields.length > 9 && fields[3].equals(LISTEN)) {
          String address = fields[1];
          found.put(
              fields[9], Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16));
        }
      }
    }
    return found;
  }

  private static List<String> inodes(long pid) {
    var found = new ArrayList<String>();
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
      for (Path descriptor : descriptors) {
        String target = Files.readSymbolicLink(descriptor).toString();
        if (target.startsWith("socket:[")) found.add(target.substring(8, target.length() - 1));
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      return found; // Another user's process, or it has ended meanwhile.
    }
    return found;
  }

  private static Holder named(long pid) {
    String command = ProcFs.read(pid + "/comm").strip();
    return new Holder(command.isEmpty() ? "a process" : command, pid);
  }
}
