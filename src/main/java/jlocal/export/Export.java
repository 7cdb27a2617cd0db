package jlocal.export;

import java.util.List;

/**
 * An app in the words of another supervisor.
 *
 * @param notes what the format does otherwise, one sentence each
 * @param next the commands that make use of it
 */
public record Export(List<File> files, List<String> notes, List<String> next) {
  /**
   * A file of it.
   *
   * @param name relative to the folder of the export
   * @param isSecret whether it has values of config vars: mode 0600, and not shown
   */
  public record File(String name, String text, boolean isSecret) {}
}
