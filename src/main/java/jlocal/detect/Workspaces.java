package jlocal.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the apps of a repository that has several. */
public final class Workspaces {
  private static final Pattern PNPM_ITEM = Pattern.compile("(?m)^\\s*-\\s*['\"]?([^'\"#\\s]+)");

  /** Folders that hold no app. */
  private static final Set<String> SKIPPED =
      Set.of("node_modules", "vendor", "target", "build", "dist", "out", "test", "tests", "docs");

  private Workspaces() {}

  /**
   * An app below a folder.
   *
   * @param folder relative; {@code .} for the folder itself
   * @param detection what would run; null if it has a Procfile
   */
  public record Member(String folder, @Nullable Detection detection) {
    /** The evidence, in a few words. */
    public String why() {
      return detection == null ? "a Procfile" : detection.why();
    }
  }

  /** Returns the workspaces that a repository declares; empty if it declares none. */
  public static List<Member> declared(Path root, Detectors detectors) {
    var folder = new ProjectFolder(root);
    var globs = new ArrayList<String>();
    for (String at : List.of("workspaces", "workspaces.packages")) {
      String text = folder.text("package.json#" + at);
      if (text != null) text.lines().forEach(globs::add);
    }
    String pnpm = folder.text("pnpm-workspace.yaml");
    if (pnpm != null) PNPM_ITEM.matcher(pnpm).results().map(m -> m.group(1)).forEach(globs::add);
    if (globs.isEmpty()) return List.of();
    var folders = new LinkedHashSet<String>(List.of("."));
    for (String glob : globs) {
      String plain = glob.replaceAll("^\\./|/$", "").replace("**", "*");
      if (!glob.startsWith("!") && !plain.contains("..")) folders.addAll(folder.matching(plain));
    }
    return members(root, folders, detectors);
  }

  /** Returns the apps in folders up to two levels below. */
  public static List<Member> below(Path root, Detectors detectors) {
    var folder = new ProjectFolder(root);
    var folders = new LinkedHashSet<String>();
    for (String name : folder.names("")) {
      if (isSkipped(name)) continue;
      folders.add(name);
      for (String inner : folder.names(name)) {
        if (!isSkipped(inner)) folders.add(name + "/" + inner);
      }
    }
    return members(root, folders, detectors);
  }

  private static boolean isSkipped(String name) {
    return name.startsWith(".") || SKIPPED.contains(name);
  }

  private static List<Member> members(Path root, Set<String> names, Detectors detectors) {
    var members = new ArrayList<Member>();
    for (String name : names) {
      var folder = new ProjectFolder(root.resolve(name));
      if (!name.equals(".") && folder.has("Procfile")) {
        members.add(new Member(name, null));
        continue;
      }
      Detection detection = detectors.detect(folder);
      if (detection == null || detection.name().equals(Detection.STATIC)) continue;
      members.add(new Member(name, detection));
    }
    return members;
  }
}
