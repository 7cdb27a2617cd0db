package jlocal.export;

/**
 * A file of an export.
 *
 * @param name relative to the folder of the export
 * @param isSecret whether it has values of config vars: mode 0600, and not shown
 */
public record ExportFile(String name, String text, boolean isSecret) {
  static ExportFile open(String name, String text) {
    return new ExportFile(name, text, false);
  }

  static ExportFile secret(String name, String text) {
    return new ExportFile(name, text, true);
  }
}
