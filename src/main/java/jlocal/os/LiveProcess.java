package jlocal.os;

/**
 * A running process and how it handles signals.
 *
 * @param leader whether it leads its process group
 * @param command its name in the kernel, at most 15 characters; empty if unknown
 * @param owner the user it runs as; empty if unknown
 * @param signalAllowed whether this user may signal it: kill(2), EPERM
 * @param ignoresTerm whether it ignores SIGTERM; false if unknown
 */
public record LiveProcess(
    long pid,
    boolean leader,
    String command,
    String owner,
    boolean signalAllowed,
    boolean ignoresTerm) {

  /** Returns the current state of a process; proc(5). */
  static LiveProcess of(long pid, boolean leader) {
    return new LiveProcess(
        pid,
        leader,
        ProcFs.read(pid + "/comm").strip(),
        owner(ProcFs.field(pid + "/status", "Uid:")),
        Kill.isAllowed(pid),
        Signals.isIgnoredBy(pid, Signal.TERM));
  }

  /** Returns the effective user id, or {@code root}. */
  private static String owner(String uids) {
    String[] fields = uids.split("\\s+", -1);
    if (fields.length < 3) return "";
    return fields[2].equals("0") ? "root" : "user " + fields[2];
  }

  /** As in messages: {@code pid 77}; with more than the pid if users have not seen it before. */
  @Override
  public String toString() {
    return "pid " + pid + (leader || command.isEmpty() ? "" : " " + command);
  }
}
