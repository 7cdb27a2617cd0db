package jlocal.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jlocal.Await;

/**
 * A variable inherited by every process of a test, to find processes that outlive it: jlocal
 * itself, its watchdog, daemons. Without /proc none is found.
 */
final class Marker {
  private static final String NAME = "E2E_TEST";
  private static final Path PROC = Path.of("/proc");

  private final String value = UUID.randomUUID().toString();

  void mark(Map<String, String> environment) {
    environment.put(NAME, value);
  }

  /** The running processes, as {@code PID ARGUMENTS}. */
  List<String> alive() {
    return pids().map(pid -> pid + " " + read(pid, "cmdline").replace('\0', ' ')).toList();
  }

  /**
   * Ends the remaining processes.
   *
   * @param atOnce without time to end by themselves
   * @return the processes that had to be killed
   */
  List<String> endAll(boolean atOnce) {
    if (!atOnce) Await.within(Await.LIMIT, () -> pids().findAny().isEmpty());
    List<String> left = alive();
    Await.within(
        Await.LIMIT,
        () -> {
          pids().forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(Marker::kill));
          return pids().findAny().isEmpty();
        });
    return left;
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
  }

  private Stream<String> pids() {
    String[] names = PROC.toFile().list((_, name) -> Character.isDigit(name.charAt(0)));
    if (names == null) return Stream.empty();
    return Stream.of(names).filter(pid -> read(pid, "environ").contains(NAME + "=" + value));
  }

  /** Empty for a process that has ended, a zombie, or another user's. */
  private static String read(String pid, String file) {
    try {
      return Files.readString(PROC.resolve(pid).resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
