package jlocal.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this system lacks, and what does not work because of it. */
public final class Platform {
  private Platform() {}

  /** A sentence for each thing that is missing; none on Linux with util-linux or busybox. */
  public static List<String> missing() {
    var sentences = new ArrayList<String>();
    if (Session.available().isNone()) {
      sentences.add(
          "neither setsid nor perl is installed: what a process starts in the background is not"
              + " ended with it");
    }
    if (!Native.available()) {
      sentences.add(
          "this JVM cannot call the C library: processes get no terminals, and orphans are not"
              + " adopted");
    }
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      sentences.add(
          "there is no /proc: daemons that leave their process group cannot be found again");
    }
    return sentences;
  }
}
