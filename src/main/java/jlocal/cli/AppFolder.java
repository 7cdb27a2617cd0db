package jlocal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jlocal.detect.Detection;
import jlocal.detect.Detectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the app's folder from any folder below it, as git does: the nearest with a Procfile or a
 * settings file, else the nearest that runs without one. The home folder counts only if the search
 * starts there, so that its files do not affect all projects. Files of other owners are skipped,
 * because their commands would run.
 */
final class AppFolder {
  private static final List<String> MARKERS = List.of("Procfile", ".jlocal", "Procfile.dev");

  private final Path directory;
  private final Path start;
  private final Map<String, String> environment;

  private AppFolder(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
    start = directory.toAbsolutePath().normalize();
  }

  /**
   * Returns the folder, relative if the given one is.
   *
   * @param directory where to begin; also the result if nothing is found
   */
  static Path of(Path directory, Map<String, String> environment) {
    if (Files.exists(directory.resolve(MARKERS.getFirst()))) return directory;
    var search = new AppFolder(directory, environment);
    Path found = search.up(folder -> search.hasMarker(folder), _ -> false);
    if (found != null) return found;
    if (Files.exists(directory.resolve(".env"))) return directory; // run and config read it
    var detectors = new Detectors(environment);
    found = search.up(folder -> search.runs(detectors.detect(folder), folder), AppFolder::isRoot);
    return found == null ? directory : found;
  }

  /** Returns the nearest matching folder; null if there is none. */
  private @Nullable Path up(Predicate<Path> wanted, Predicate<Path> isLast) {
    Path home = Path.of(environment.getOrDefault("HOME", "/")).normalize();
    Path shown = directory;
    for (Path at = start; at != null; at = at.getParent()) {
      if (at.equals(home) && !at.equals(start)) return null;
      if (wanted.test(at)) return shown;
      if (isLast.test(at)) return null;
      shown = shown.resolve("..");
    }
    return null;
  }

  private boolean hasMarker(Path folder) {
    return MARKERS.stream()
        .map(folder::resolve)
        .anyMatch(file -> Files.isRegularFile(file) && isOfOwner(file));
  }

  /**
   * Whether the folder can run. A static page counts only here or at the root of the repository.
   */
  private boolean runs(@Nullable Detection detection, Path folder) {
    if (detection == null || !isOfOwner(folder)) return false;
    boolean isPage = detection.name().equals(Detection.STATIC);
    return folder.equals(start) || !isPage || isRoot(folder);
  }

  private static boolean isRoot(Path folder) {
    return Files.exists(folder.resolve(".git"));
  }

  private boolean isOfOwner(Path file) {
    if (start.equals(file) || start.equals(file.getParent())) return true;
    try {
      UserPrincipal owner = Files.getOwner(file);
      return owner.equals(Files.getOwner(start));
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
