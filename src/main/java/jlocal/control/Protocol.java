package jlocal.control;

import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.json.JsonWriter;

/** What holds for every line in both directions: one JSON object, and its version. */
final class Protocol {
  /** Raised when an older side would misunderstand a newer one. */
  static final int VERSION = 1;

  /** A longer line is not one of ours. */
  static final int LONGEST_LINE = 64 * 1024;

  private Protocol() {}

  /** A line of this version, without its end; names and values in turn. */
  static String line(Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    members.put("v", VERSION);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return JsonWriter.write(members);
  }

  static Map<String, Object> object(Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }
}
