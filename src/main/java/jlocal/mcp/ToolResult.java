package jlocal.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;

/** The result of a call, at most 8 KB, since a model reads all of it. */
final class ToolResult {
  static final int MOST_BYTES = 8192;

  private ToolResult() {}

  /** Checks the arguments, runs the command, and converts its output to a result. */
  static Map<String, Object> of(Tool tool, JsonFields arguments, McpServer.Commands commands) {
    List<String> problems = tool.problems(arguments);
    if (!problems.isEmpty()) return failed(String.join("; ", problems));
    McpServer.Printed printed = commands.run(tool.commandLine(arguments));
    String out = printed.out().strip();
    if (printed.status() == 0) out = shown(tool, out);
    String err = printed.err().strip();
    String text = out.isEmpty() || err.isEmpty() ? out + err : out + "\n" + err;
    if (text.isEmpty()) text = "nothing";
    boolean isEnd = List.of("logs", "requests").contains(tool.name());
    return result(cut(text, isEnd), printed.status() != 0);
  }

  /** Puts each object of an array on its own line, so that the text is cut between them. */
  private static String shown(Tool tool, String out) {
    if (tool.name().equals("config_names")) {
      return String.join("\n", JsonFields.read(out).values().keySet());
    }
    if (!out.startsWith("[{")) return out;
    var lines = new ArrayList<String>();
    JsonFields all = JsonFields.read("{\"all\":" + out + "}");
    all.objects("all").forEach(each -> lines.add(JsonWriter.write(each)));
    return String.join("\n", lines);
  }

  static Map<String, Object> failed(String why) {
    return result(cut(why, false), true);
  }

  private static Map<String, Object> result(String text, boolean isError) {
    var result = new LinkedHashMap<String, Object>();
    result.put("content", List.of(JsonFields.of("type", "text", "text", text)));
    result.put("isError", isError);
    return result;
  }

  /**
   * Returns the text, or the whole lines that fit, with a note.
   *
   * @param isEnd whether to keep the end rather than the beginning
   */
  static String cut(String text, boolean isEnd) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) return text;
    String note = "[cut: %d of %d bytes; %s]";
    String how =
        isEnd
            ? "these are the last; ask for fewer, or those of one process"
            : "'jlocal' in a terminal shows all";
    int most = MOST_BYTES - 120;
    if (isEnd) {
      String last = new String(bytes, bytes.length - most, most, StandardCharsets.UTF_8);
      int line = last.indexOf('\n');
      return note.formatted(most, bytes.length, how) + last.substring(Math.max(0, line));
    }
    String first = new String(bytes, 0, most, StandardCharsets.UTF_8);
    int line = first.lastIndexOf('\n');
    return (line < 0 ? first : first.substring(0, line + 1))
        + note.formatted(most, bytes.length, how);
  }
}
