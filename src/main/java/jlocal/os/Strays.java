package jlocal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Processes of ours that left their group: daemons that forked twice, children that called
 * setsid(2). They are known by a variable that every child was started with.
 */
public final class Strays {
  /** The name of that variable; its value is the run's own. */
  public static final String MARKER = "JLOCAL_ID";

  private final String mark;

  private Strays(String mark) {
    this.mark = mark;
  }

  /** All processes of this run. */
  public static Strays ofRun(String id) {
    return new Strays("\0" + MARKER + "=" + id + "\0");
  }

  /** How many are left. */
  public int count() {
    return find().size();
  }

  /** Signals each of them that is still the process it was when we looked. */
  public int signal(Signal signal) {
    List<ProcessRef> strays = find();
    for (ProcessRef stray : strays) {
      if (isStill(stray)) Libc.kill(stray.pid(), signal.number());
    }
    return strays.size();
  }

  private static boolean isStill(ProcessRef stray) {
    ProcessRef now = ProcessTable.of(stray.pid());
    return now != null && Objects.equals(now.startTime(), stray.startTime());
  }

  private List<ProcessRef> find() {
    return ProcessTable.now().processes().stream()
        .filter(process -> !process.zombie() && isMarked(process.pid()))
        .toList();
  }

  private boolean isMarked(long pid) {
    try {
      byte[] environ = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      return ("\0" + new String(environ, StandardCharsets.ISO_8859_1)).contains(mark);
    } catch (IOException _) {
      return false; // Another user's, or gone.
    }
  }
}
