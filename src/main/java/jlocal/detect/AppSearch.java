package jlocal.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.detect.Workspaces.Member;

/** The result of looking for an app in a folder without a Procfile. */
public sealed interface AppSearch {
  /** One app was found. */
  record One(Detection detection) implements AppSearch {}

  /** The user has to choose one of these; a single member is in a folder below. */
  record Several(List<Member> members) implements AppSearch {
    public Several {
      members = List.copyOf(members);
    }
  }

  /** Nothing was found. */
  record Nothing() implements AppSearch {}

  /**
   * Searches a folder.
   *
   * @param environment the caller's; its PATH decides which programs exist
   */
  static AppSearch in(Path root, Map<String, String> environment) {
    var detectors = new Detectors(environment);
    List<Member> declared = Workspaces.declared(root, detectors);
    if (declared.size() > 1) return new Several(declared);
    if (declared.size() == 1) {
      Member only = declared.getFirst();
      Detection detection = only.detection();
      if (detection == null) return new Several(declared);
      return new One(only.folder().equals(".") ? detection : detection.in(only.folder()));
    }
    Detection detection = detectors.detect(root);
    if (detection != null) return new One(detection);
    List<Member> below = Workspaces.below(root, detectors);
    return below.isEmpty() ? new Nothing() : new Several(below);
  }
}
