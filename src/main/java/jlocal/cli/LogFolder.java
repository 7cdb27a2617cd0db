package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.os.PrivateFiles;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Log files, {@code --log-dir}. */
record LogFolder(Path path, Rotation rotation) {
  private static final int MEGABYTE = 1_000_000;

  static final Option<Path> DIR =
      Option.of(
          "--log-dir", Kind.DIRECTORY, "", "also write log files there, one for each process");
  static final Option<Integer> SIZE =
      Option.of(
          "--log-size", Kind.number(1, 1_000_000), "10", "MB after which a log file is rotated");
  static final Option<Integer> KEEP =
      Option.of("--log-keep", Kind.number(0, 1000), "5", "rotated log files that are kept of each");

  static final List<Option<?>> OPTIONS = List.of(DIR, SIZE, KEEP);

  /** Null when no files are wanted. */
  static @Nullable LogFolder from(Settings settings) {
    long bytes = (long) settings.get(SIZE) * MEGABYTE;
    var rotation = new Rotation(bytes, settings.get(KEEP));
    if (settings.isGiven(DIR)) return new LogFolder(settings.get(DIR), rotation);
    for (Option<?> option : List.of(SIZE, KEEP)) {
      if (!settings.isOnCommandLine(option)) continue;
      settings.add(Problem.warning(option.name() + " means nothing without --log-dir"));
    }
    return null;
  }

  /** Makes the folder; what is in the way, else null. */
  @Nullable Problem open() {
    try {
      PrivateFiles.createFolders(path);
      if (Files.isWritable(path)) return null;
      return cannot("you may not write there");
    } catch (IOException e) {
      return cannot(Files.exists(path) ? "it is no folder" : "it cannot be made");
    }
  }

  private Problem cannot(String why) {
    return Problem.error("no log files in " + path + ": " + why).hint("name another --log-dir");
  }
}
