package jlocal.e2e;

import java.util.List;

/**
 * A jlocal that has come to its end.
 *
 * @param status as a shell reports it
 */
record Finished(int status, String out, String err) {
  /** What one source said, without its prefix: {@code lines("web.1")}. */
  List<String> lines(String source) {
    return Log.lines(out, source);
  }
}
