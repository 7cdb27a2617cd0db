package jlocal.control;

import java.util.LinkedHashMap;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/**
 * A request to a running app. docs/control.md lists the commands and their arguments; the app's
 * handler reads them.
 *
 * @param command such as {@code scale}
 * @param arguments of the command, by name
 */
public record Request(String command, JsonFields arguments) {
  /** The version of the protocol; raised when an older side would misunderstand a newer one. */
  static final int VERSION = 1;

  static final String STOP = "stop";

  /** Creates a request with alternating names and values of arguments. */
  public static Request of(String command, Object... arguments) {
    return new Request(command, JsonFields.of(arguments));
  }

  /** Whether the app is to end; the reply is sent when it has. */
  boolean endsApp() {
    return command.equals(STOP) && arguments.has("names") && arguments.texts("names").isEmpty();
  }

  /** Returns the line of the protocol, without its end. */
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
   * Parses a line.
   *
   * @throws JsonFields.Malformed with a sentence for the client's user
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
