package jlocal.control;

import java.util.Map;

/**
 * A running app.
 *
 * @param pid of the jlocal that runs it
 * @param url of its router, or of its first instance; empty without either
 * @param startedAt in milliseconds since 1970
 * @param up how many of its instances are up
 * @param instances how many there should be
 */
public record AppInfo(
    long pid, String root, String procfile, String url, long startedAt, int up, int instances) {
  /** As JSON shows it. */
  public Map<String, Object> members() {
    return Protocol.object(
        "pid", pid,
        "root", root,
        "procfile", procfile,
        "url", url,
        "started_at", startedAt,
        "up", up,
        "instances", instances);
  }
}
