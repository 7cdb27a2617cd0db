package jlocal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All processes at one moment; proc(5). Empty where there is no /proc (macOS).
 *
 * @param processes in no order
 */
record ProcessTable(List<ProcessRef> processes) {
  private static final Path PROC = Path.of("/proc");

  static ProcessTable now() {
    var found = new ArrayList<ProcessRef>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        ProcessRef process = read(folder);
        if (process != null) found.add(process);
      }
    } catch (IOException _) {
      return new ProcessTable(List.of());
    }
    return new ProcessTable(found);
  }

  /** Whether a living process belongs to the group; true where the system does not tell. */
  boolean hasGroup(long group) {
    return processes.isEmpty()
        || processes.stream().anyMatch(p -> p.group() == group && !p.zombie());
  }

  /** The process with this pid as it is now, or null when there is none. */
  static @Nullable ProcessRef of(long pid) {
    return read(PROC.resolve(Long.toString(pid)));
  }

  private static @Nullable ProcessRef read(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The second field is the name in brackets and may itself hold blanks and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long pid = Long.parseLong(folder.getFileName().toString());
      boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
      return new ProcessRef(
          pid, Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[19], zombie);
    } catch (IOException | RuntimeException _) {
      return null; // It ended while we looked.
    }
  }
}
