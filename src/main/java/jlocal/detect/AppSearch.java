package jlocal.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.detect.Workspaces.Member;

/** What runs in a folder without a Procfile: one thing, or one of several, or nothing known. */
public sealed interface AppSearch {
  /** This. */
  record One(Detection detection) implements AppSearch {}

  /** One of these, which a person has to choose; one alone when it is in a folder below. */
  record Several(List<Member> members) implements AppSearch {
    public Several {
      members = List.copyOf(members);
    }
  }

  /** Nothing was found. */
  record Nothing() implements AppSearch {}

  /**
   * Looks for it.
   *
   * @param environment the caller's, whose PATH tells which programs there are
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
