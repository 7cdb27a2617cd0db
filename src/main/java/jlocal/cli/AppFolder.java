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
 * Finds the app's folder from any folder below it, as git does: up to the nearest with a Procfile
 * or a settings file, else to the nearest with something that runs without one. The home folder is
 * looked into only from itself, so that a file of it does not concern all projects; files of
 * another owner are passed over, because commands of theirs would run.
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
   * The folder, relative as the given one is.
   *
   * @param directory where to begin; it is also the result when nothing is found
   */
  static Path of(Path directory, Map<String, String> environment) {
    if (Files.exists(directory.resolve(MARKERS.getFirst()))) return directory;
    var search = new AppFolder(directory, environment);
    Path found = search.up(folder -> search.hasMarker(folder), _ -> false);
    if (found != null) return found;
    if (Files.exists(directory.resolve(".env"))) return directory; // what run and config read
    var detectors = new Detectors(environment);
    found = search.up(folder -> search.runs(detectors.detect(folder), folder), AppFolder::isRoot);
    return found == null ? directory : found;
  }

  /** The nearest folder of that kind; null when there is none. */
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

  /** A page alone is an app only here, or where the repository begins. */
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
