package jlocal.os;

/**
 * A process that runs, and what it does with signals.
 *
 * @param leader whether it leads its process group
 * @param command its name as the kernel keeps it, at most 15 characters; empty when the system does
 *     not tell
 * @param owner whom it runs as; empty when unknown
 * @param signalAllowed whether this user may signal it: kill(2), EPERM
 * @param ignoresTerm whether it ignores SIGTERM; false when unknown
 */
public record LiveProcess(
    long pid,
    boolean leader,
    String command,
    String owner,
    boolean signalAllowed,
    boolean ignoresTerm) {

  /** The process as it is now; proc(5). */
  static LiveProcess of(long pid, boolean leader) {
    return new LiveProcess(
        pid,
        leader,
        ProcFs.read(pid + "/comm").strip(),
        owner(ProcFs.field(pid + "/status", "Uid:")),
        Kill.isAllowed(pid),
        Signals.isIgnoredBy(pid, Signal.TERM));
  }

  /** The effective user id; root is the one that everybody knows by name. */
  private static String owner(String uids) {
    String[] fields = uids.split("\\s+", -1);
    if (fields.length < 3) return "";
    return fields[2].equals("0") ? "root" : "user " + fields[2];
  }

  /** As a message names it: {@code pid 77}; not by its pid alone when that was not told before. */
  @Override
  public String toString() {
    return "pid " + pid + (leader || command.isEmpty() ? "" : " " + command);
  }
}
