package jlocal.export;

import java.util.List;

/**
 * An app in the format of another supervisor.
 *
 * @param notes differences of the format, one sentence each
 * @param next commands that use the files
 */
public record ExportResult(List<File> files, List<String> notes, List<String> next) {
  /**
   * An exported file.
   *
   * @param name relative to the folder of the export
   * @param isSecret whether it contains values of config vars: mode 0600, and not shown
   */
  public record File(String name, String text, boolean isSecret) {}
}
