package jlocal.text;

import jlocal.problem.Problem;

/** All that can be wrong with a text file before its grammar is looked at. */
final class TextProblems {
  private TextProblems() {}

  static Problem utf16(String file) {
    return Problem.error(file, 1, "the file is UTF-16; save it as UTF-8");
  }

  static Problem notUtf8(String file, Place place, byte found) {
    var what =
        "byte 0x%02X in column %d is not UTF-8 (Latin-1 file?); save the file as UTF-8"
            .formatted(found, place.column());
    return Problem.error(file, place.line(), what);
  }

  static Problem nul(String file, Place place) {
    var what = "a NUL byte in column %d; a text file has none".formatted(place.column());
    return Problem.error(file, place.line(), what);
  }

  static Problem directory(String file) {
    return Problem.error(file, 0, "is a directory, not a file");
  }

  static Problem unreadable(String file, String reason) {
    return Problem.error(file, 0, "cannot be read: " + reason);
  }

  static Problem tooLarge(String file, int megabytes) {
    return Problem.error(file, 0, "is larger than " + megabytes + " MB; is it the right file?");
  }
}
