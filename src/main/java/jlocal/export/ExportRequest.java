package jlocal.export;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an app is to be exported.
 *
 * @param folder where the files are to be, absolute; null for standard output
 * @param user who runs the processes; null for the standard of the format
 * @param log the folder of log files; null for the standard of the format
 * @param templates a folder with templates to take instead of jlocal's; null for none
 * @param withSecrets whether the values of config vars are written also where they might be
 *     committed
 * @param autoscale the least and the most processes of a type
 * @param machine what is known of this machine
 */
public record ExportRequest(
    @Nullable Path folder,
    @Nullable String user,
    @Nullable Path log,
    @Nullable Path templates,
    boolean withSecrets,
    Map<String, Range> autoscale,
    Machine machine) {
  /** From one number to another. */
  public record Range(int least, int most) {}

  /**
   * This machine.
   *
   * @param user who exports
   * @param path PATH
   * @param systemd its version; of none the newest
   * @param jlocal its launcher, if it is installed
   */
  public record Machine(String user, String path, int systemd, @Nullable Path jlocal) {}
}
