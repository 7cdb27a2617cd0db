package jlocal.os;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Finds the folders of an app with its own programs. They precede PATH, as with Heroku's
 * buildpacks, so that {@code web: gunicorn app} finds the virtual environment's gunicorn.
 */
public final class ToolPath {
  private static final List<String> VIRTUAL_ENVS = List.of(".venv", "venv");

  private ToolPath() {}

  /**
   * Returns the variables to change: PATH, and VIRTUAL_ENV if there is one. Empty if the app has no
   * such folder.
   *
   * @param path the current PATH
   */
  public static SequencedMap<String, String> of(Path root, String path) {
    var folders = new ArrayList<String>();
    var changed = new LinkedHashMap<String, String>();
    addIfFolder(folders, root.resolve("node_modules/.bin"));
    for (String name : VIRTUAL_ENVS) {
      Path environment = root.resolve(name);
      if (!changed.containsKey("VIRTUAL_ENV")
          && Files.isExecutable(environment.resolve("bin/python"))) {
        changed.put("VIRTUAL_ENV", environment.toString());
        addIfFolder(folders, environment.resolve("bin"));
      }
    }
    addIfFolder(folders, root.resolve("bin"));
    if (folders.isEmpty()) return changed;
    if (!path.isEmpty()) folders.add(path);
    changed.put("PATH", String.join(File.pathSeparator, folders));
    return changed;
  }

  private static void addIfFolder(List<String> folders, Path folder) {
    if (Files.isDirectory(folder)) folders.add(folder.toString());
  }
}
