package jlocal.e2e;

import java.util.List;

/**
 * A jlocal that has ended.
 *
 * @param status as a shell reports it
 */
record Finished(int status, String out, String err) {
  /** The lines of one source, without prefix: {@code lines("web.1")}. */
  List<String> lines(String source) {
    return Log.lines(out, source);
  }
}
