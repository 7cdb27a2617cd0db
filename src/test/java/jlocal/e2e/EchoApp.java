package jlocal.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import jlocal.json.JsonWriter;

/**
 * An app that reports its arguments and config vars in a file, or over HTTP if it cannot write
 * files. The values contain all characters that the formats treat specially.
 */
final class EchoApp {
  /** Pieces of the random values, without characters that XML cannot represent. */
  private static final String[] PIECES = {
    "%",
    "%%",
    "%i",
    "%(x)s",
    "$",
    "$$",
    "$HOME",
    "${HOME}",
    "$(id)",
    "`id`",
    "\\",
    "\\n",
    "\\\\",
    "'",
    "\"",
    "\n",
    "\n ",
    "\t",
    "\r",
    "\r\n",
    " ",
    "  ",
    " #",
    " ;",
    "#",
    ";",
    "&",
    "<",
    ">",
    "]]>",
    "=",
    ":",
    ": ",
    "- ",
    "{{",
    "}}",
    "{",
    "[",
    ",",
    "!",
    "*",
    "@",
    "|",
    "~",
    "ä",
    "€",
    "日本",
    "😀",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\u007f",
    "a",
    "no",
    "0x1F",
    "null",
    "1:30",
    "#{x}",
    "<%= x %>",
    "\\\n",
    "\\'",
    "\\\""
  };

  private static final String PROGRAM =
      """
      import os, sys, time
      names = [n for n in sorted(os.environb) if n.startswith(b'V_') or n in (b'PORT', b'DYNO', b'PS')]
      seen = b'\\0'.join(os.fsencode(a) for a in sys.argv[1:]) + b'\\0\\n'
      seen += b''.join(n + b'=' + os.environb[n] + b'\\0\\n' for n in names)
      name = os.environ['DYNO']
      if os.access('seen', os.W_OK):
        with open('seen/' + name + '.new', 'wb') as f: f.write(seen)
        os.rename('seen/' + name + '.new', 'seen/' + name)
        time.sleep(1000)
      import http.server
      class Tell(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
          self.send_response(200)
          self.end_headers()
          self.wfile.write(seen)
      http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Tell).serve_forever()
      """;

  private final Sandbox sandbox;
  private final Map<String, String> vars = new TreeMap<>();

  /** Puts it into a sandbox. */
  EchoApp(Sandbox sandbox, long seed) throws IOException {
    this.sandbox = sandbox;
    var random = new Random(seed);
    vars.put("V_EMPTY", "");
    vars.put("V_BLANK", "  blanks around  ");
    vars.put("V_BIG", value(random, 65_536));
    for (int i = 0; i < PIECES.length; i++) {
      vars.put("V_ALONE_" + i, PIECES[i]);
      vars.put("V_AT_END_" + i, "a" + PIECES[i]);
      vars.put("V_RANDOM_" + i, value(random, 12));
    }
    var words = new StringBuilder();
    for (int i = 0; i < 40; i++)
      words.append(" " + quoted(value(random, 6).replaceAll("[\n\r\u0085\u2028]", "")));
    String command = "exec python3 echo.py \"$V_ALONE_3\" \"$V_BLANK\" '$$' a\\ b" + words;
    sandbox.given("echo.py", PROGRAM);
    sandbox.given("seen/.keep", "");
    sandbox.given(
        "Procfile", "web: " + command + "\nworker: " + command.replace("$V_BLANK", "é%i") + "\n");
    sandbox.given(".env", JsonWriter.write(new LinkedHashMap<>(vars)));
  }

  private static String value(Random random, int length) {
    var value = new StringBuilder();
    while (value.length() < length) value.append(PIECES[random.nextInt(PIECES.length)]);
    return value.toString();
  }

  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** The reports of these processes, started by jlocal. */
  Map<String, String> startedByJlocal(String... names) throws IOException {
    var formation = new TreeMap<String, Integer>();
    for (String name : names) formation.merge(name.replaceAll("\\..*", ""), 1, Integer::sum);
    String spec = formation.toString().replaceAll("[{} ]", "");
    Running start =
        sandbox.start("-m", "all=0," + spec).until("all have told", () -> haveTold(names));
    Map<String, String> told = told(names);
    start.stop();
    return told;
  }

  boolean haveTold(String... names) {
    for (String name : names) if (!Files.exists(file(name))) return false;
    return true;
  }

  /** Writes the values as an example of an env file. */
  void publish() throws IOException {
    sandbox.given(".env.example", sandbox.file(".env"));
  }

  /** The reports of these processes; may be called again. */
  Map<String, String> told(String... names) throws IOException {
    var told = new TreeMap<String, String>();
    for (String name : names) {
      told.put(name, Files.readString(file(name)));
      Files.delete(file(name));
    }
    return told;
  }

  Path file(String name) {
    return sandbox.root().resolve("seen/" + name);
  }
}
