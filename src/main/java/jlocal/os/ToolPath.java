package jlocal.os;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The folders of an app that hold programs of its own. They go before PATH, as Heroku's buildpacks
 * do it, so that {@code web: gunicorn app} finds the virtual environment's gunicorn.
 */
public final class ToolPath {
  private static final List<String> VIRTUAL_ENVS = List.of(".venv", "venv");

  private ToolPath() {}

  /**
   * The variables to change: PATH, and VIRTUAL_ENV where there is one. Empty when the app has no
   * such folder.
   *
   * @param path the PATH so far
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
