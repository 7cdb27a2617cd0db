package jlocal.export;

import java.util.List;

/**
 * An app in the words of another supervisor.
 *
 * @param notes what the format does otherwise, one sentence each
 * @param next the commands that make use of it
 */
public record Export(List<ExportFile> files, List<String> notes, List<String> next) {
  public Export {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
    next = List.copyOf(next);
  }
}
