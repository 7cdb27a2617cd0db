package jlocal.control;

import java.util.LinkedHashMap;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/**
 * What a client asks of a running app. docs/control.md lists the commands and their arguments; the
 * app's handler reads them.
 *
 * @param command what is to be done, such as {@code scale}
 * @param arguments of the command, by name
 */
public record Request(String command, JsonFields arguments) {
  /** The version of the protocol; raised when an older side would misunderstand a newer one. */
  static final int VERSION = 1;

  static final String STOP = "stop";

  /** A request with these names and values of its arguments in turn. */
  public static Request of(String command, Object... arguments) {
    return new Request(command, JsonFields.of(arguments));
  }

  /** Whether the whole app is to end; the answer is sent when it has. */
  boolean endsApp() {
    return command.equals(STOP) && arguments.has("names") && arguments.texts("names").isEmpty();
  }

  /** As a line of the protocol, without its end. */
  String line() {
    return line("do", command, arguments);
  }

  static String line(String key, String kind, JsonFields more) {
    var members = new LinkedHashMap<String, Object>();
    members.put("v", VERSION);
    members.put(key, kind);
    members.putAll(more.values());
    return JsonWriter.write(members);
  }

  /**
   * Reads a line.
   *
   * @throws JsonFields.Malformed with a sentence for the person at the other end
   */
  static Request read(String line) {
    var fields = JsonFields.read(line);
    long version = fields.whole("v");
    if (version != VERSION) {
      throw new JsonFields.Malformed(
          "this app was started by a jlocal that speaks version %d of the control protocol, and you use one that speaks version %d"
              .formatted(VERSION, version));
    }
    return new Request(fields.text("do"), fields);
  }
}
