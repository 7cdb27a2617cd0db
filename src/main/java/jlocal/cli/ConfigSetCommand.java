package jlocal.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.config.ConfigVar;
import jlocal.os.Terminal;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Sets config vars in the env file. */
final class ConfigSetCommand extends SimpleCommand {
  private static final String STDIN = "-";

  ConfigSetCommand() {
    super("config:set", "config:add");
    takes("KEY=VALUE|KEY -...", "1..*");
  }

  @Override
  List<OptionGroup> options() {
    return ConfigChange.options();
  }

  @Override
  int run(Values values, Context context) throws UserError, IOException {
    SequencedMap<String, @Nullable String> typed = typed(values.arguments());
    ConfigChange change = ConfigChange.of(values, context);
    var variables = new LinkedHashMap<String, String>();
    for (var variable : typed.entrySet()) {
      String name = variable.getKey();
      String given = variable.getValue();
      String value = given == null ? fromStdin(name) : given;
      if (value.indexOf('\0') >= 0) {
        throw new UserError(invalid(name, "a variable cannot contain a NUL character"));
      }
      variables.put(name, value);
    }
    change.set(variables);
    int status = change.apply("Setting " + String.join(", ", typed.keySet()));
    change.list(typed.keySet());
    return status;
  }

  /** Names and values as typed; a null value is to be read from stdin. */
  private static SequencedMap<String, @Nullable String> typed(List<String> words) throws UserError {
    var typed = new LinkedHashMap<String, @Nullable String>();
    var problems = new ArrayList<Problem>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      boolean isStdin = equals < 0 && i + 1 < words.size() && words.get(i + 1).equals(STDIN);
      String flaw = ConfigVar.flaw(name);
      if (flaw == null && equals < 0 && !isStdin)
        flaw = "write KEY=VALUE, or  KEY -  to read the value from stdin";
      if (flaw == null && isStdin && typed.containsValue(null))
        flaw = "only one value can be read from stdin";
      if (flaw != null) problems.add(invalid(name, flaw));
      typed.put(name, isStdin ? null : word.substring(equals + 1));
      if (isStdin) i++;
    }
    if (problems.isEmpty()) return typed;
    problems.add(problems.removeLast().hint("nothing was written"));
    throw new UserError(problems);
  }

  private static Problem invalid(String name, String flaw) {
    return Problem.error("'" + Printable.of(name) + "' is invalid: " + flaw);
  }

  /** Reads stdin without its last line end, as {@code echo} adds; hides typed input. */
  @SuppressWarnings("SystemConsoleNull") // as in Terminal.is
  private static String fromStdin(String name) throws UserError, IOException {
    Console console = System.console();
    if (Terminal.is(Terminal.Stream.IN) && console != null) {
      char[] typed = console.readPassword("%s: ", name);
      if (typed == null) throw new UserError(invalid(name, "no value was typed"));
      return new String(typed);
    }
    try {
      var bytes = ByteBuffer.wrap(System.in.readAllBytes());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.replaceFirst("\\r?\\n\\z", "");
    } catch (CharacterCodingException _) {
      throw new UserError(invalid(name, "stdin is not UTF-8"));
    }
  }
}
