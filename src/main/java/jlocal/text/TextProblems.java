package jlocal.text;

import java.time.Duration;
import jlocal.problem.Problem;

/** The messages about text files that cannot be read or decoded. */
final class TextProblems {
  private TextProblems() {}

  static Problem utf16(String file) {
    return Problem.error(file, 1, "the file is UTF-16; save it as UTF-8");
  }

  static Problem notUtf8(String file, Utf8.Position at, byte found) {
    var what =
        "byte 0x%02X in column %d is not UTF-8 (Latin-1 file?); save the file as UTF-8"
            .formatted(found, at.column());
    return Problem.error(file, at.line(), what);
  }

  static Problem nul(String file, Utf8.Position at) {
    var what = "a NUL byte in column %d; a text file has none".formatted(at.column());
    return Problem.error(file, at.line(), what);
  }

  static Problem directory(String file) {
    return Problem.error(file, 0, "is a directory, not a file");
  }

  static Problem notAFile(String file, String kind) {
    return Problem.error(file, 0, "is " + kind + ", not a file");
  }

  static Problem noWriter(String file, Duration timeout) {
    var what = "is a pipe that no program writes to (waited %d s)".formatted(timeout.toSeconds());
    return Problem.error(file, 0, what).hint("the output of <(...) can be read only once");
  }

  static Problem danglingLink(String file, String target) {
    return Problem.error(file, 0, "is a link to %s, which does not exist".formatted(target));
  }

  static Problem unreadable(String file, String reason) {
    return Problem.error(file, 0, "cannot be read: " + reason);
  }

  static Problem tooLarge(String file, int megabytes) {
    return Problem.error(file, 0, "is larger than " + megabytes + " MB; is it the right file?");
  }
}
