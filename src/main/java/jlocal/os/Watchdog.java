package jlocal.os;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A small shell in a session of its own that ends the app if jlocal cannot (killed with -9, out of
 * memory). It notices by the end of a pipe that only jlocal holds. Any thread.
 */
public final class Watchdog implements AutoCloseable {
  private static final String SCRIPT = "JLOCAL_WATCHDOG";

  private static final String NAME = "jlocal-watchdog";

  /** The script is not among the arguments, where ps would show all of it. */
  private static final String RUN = "eval \"$" + SCRIPT + "\"";

  private static final String BYE = "bye";
  private static final Duration END_TIMEOUT = Duration.ofSeconds(1);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Cgroup cgroup;
  private final Subreaper subreaper;
  private final ProcessBuilder builder;
  private final Thread thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::pass);

  /**
   * Creates a watchdog that {@link #start}s later. An app also runs without one, so a refusal of
   * the system is not an error.
   *
   * @param grace the time between TERM and KILL
   */
  Watchdog(RunId run, Duration grace, Cgroup cgroup, Subreaper subreaper) {
    this.cgroup = cgroup;
    this.subreaper = subreaper;
    var argv = new ArrayList<>(SessionLeader.available().wrapper());
    String tenths = Long.toString(grace.toMillis() / 100);
    argv.addAll(List.of("/bin/sh", "-c", RUN, NAME, run.toString(), tenths));
    builder =
        new ProcessBuilder(argv)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Whether a process is the watchdog of some run; proc(5). */
  static boolean isOne(long pid) {
    return ProcFs.read(pid + "/cmdline").contains(RUN + "\0" + NAME + "\0");
  }

  /** Starts it, on a thread of its own; it also finds groups that {@link #watch} did not name. */
  public void start() {
    thread.start();
  }

  /** Adds a child's group. */
  public void watch(long group) {
    send("+" + group);
  }

  /** Removes a group that is gone, since its number may be reused. */
  public void forget(long group) {
    send("-" + group);
  }

  /** Ends the watchdog after an orderly end of the app; it has received this on return. */
  @Override
  public void close() {
    send(BYE);
    try {
      thread.join(END_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String line) {
    lines.add(line);
  }

  /** Starts the process and writes lines to it, one after the other. */
  private void pass() {
    builder.environment().put(SCRIPT, TEXT);
    builder.command().add(String.valueOf(Objects.requireNonNullElse(cgroup.folder(), "")));
    builder.command().add(Fifo.FOLDERS);
    try {
      Process process = subreaper.start(builder).process();
      passTo(process.getOutputStream());
      process.waitFor(); // A JVM that waits for a process in native code takes 300 ms to exit.
    } catch (IOException | InterruptedException _) {
      // It was killed or never started; the app runs without it.
    }
  }

  private void passTo(OutputStream stdin) throws IOException, InterruptedException {
    try (stdin) {
      String line;
      do {
        line = lines.take();
        stdin.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        stdin.flush();
      } while (!line.equals(BYE));
    }
  }

  /**
   * The shell script. Not a resource, since opening the jar takes milliseconds before the first
   * process.
   */
  private static final String TEXT =
      """
      # Ends the app when jlocal is gone without having done so itself. Its stdin is a pipe that only
      # jlocal writes to: "+GROUP" and "-GROUP" as process groups come and go, "bye" at a proper end;
      # end of file is jlocal's death. $1 is the run's JLOCAL_ID, $2 the grace in tenths of a second, $3
      # the folder of the run's cgroup, or nothing, $4 how
      # the folders of its FIFOs begin.
      trap '' INT TERM HUP QUIT TSTP TTOU
      id=$1 grace=$2 cgroup=$3 fifos=$4

      # A variable for each group, for they may be thousands; no other's begins with this number.
      known=group_${id##*.}_

      while read -r word; do
        case $word in
          +*) eval "$known${word#+}=1" ;;
          -*) unset "$known${word#-}" ;;
          bye) exit 0 ;;
        esac
      done

      rm -rf "$fifos"*

      # Out of the app's cgroup only now: meanwhile no process can be started in the whole system.
      [ -n "$cgroup" ] && echo 0 >"${cgroup%/*}/cgroup.procs"

      groups=$(set | sed -n "s/^$known//p" | cut -d= -f1)

      strays() {
        [ -n "$cgroup" ] && cat "$cgroup/cgroup.procs"
        grep -lszx "JLOCAL_ID=$id" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
      }

      left() {
        if [ -n "$cgroup" ]; then
          read -r _ <"$cgroup/cgroup.procs"
          return
        fi
        for group in $groups; do
          kill -s 0 -- "-$group" 2>/dev/null && return
        done
        [ -n "$(strays)" ]
      }

      # A stopped process must continue to die.
      end() {
        for group in $groups; do
          kill -s "$1" -- "-$group"
          kill -s CONT -- "-$group"
        done
        for pid in $(strays); do
          kill -s "$1" "$pid"
          kill -s CONT "$pid"
        done
      } 2>/dev/null

      # A check takes time as well, so a process of its own measures the grace period.
      end TERM
      sleep "$((grace / 10)).$((grace % 10))" &
      clock=$!
      while kill -s 0 "$clock" 2>/dev/null && left; do
        sleep 0.1
      done
      # It ignores TERM, as we do.
      kill -s KILL "$clock" 2>/dev/null
      n=0
      while [ "$n" -lt 50 ] && left; do
        end KILL
        sleep 0.05
        n=$((n + 1))
      done
      [ -n "$cgroup" ] || exit 0
      echo 1 >"$cgroup/cgroup.kill"
      n=0
      until rmdir "$cgroup" 2>/dev/null || [ "$n" -ge 50 ]; do
        sleep 0.02
        n=$((n + 1))
      done
      """;
}
