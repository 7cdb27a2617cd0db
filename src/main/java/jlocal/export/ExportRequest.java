package jlocal.export;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of an export.
 *
 * @param folder for the files, absolute; null for standard output
 * @param user who runs the processes; null for the format's default
 * @param log the folder of log files; null for the format's default
 * @param templates a folder with templates that replace jlocal's; null for none
 * @param withSecrets whether to write the values of config vars even where they might be committed
 * @param autoscale the minimum and maximum number of processes of each type
 * @param machine the properties of this machine
 */
public record ExportRequest(
    @Nullable Path folder,
    @Nullable String user,
    @Nullable Path log,
    @Nullable Path templates,
    boolean withSecrets,
    Map<String, Range> autoscale,
    Machine machine) {
  /** An inclusive range. */
  public record Range(int least, int most) {}

  /**
   * This machine.
   *
   * @param user who exports
   * @param path PATH
   * @param systemd its version; the newest without systemd
   * @param jlocal its launcher, if installed
   */
  public record Machine(String user, String path, int systemd, @Nullable Path jlocal) {}
}
