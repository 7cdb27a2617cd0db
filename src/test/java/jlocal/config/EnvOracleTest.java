package jlocal.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where dotenv-java parses rightly, both parsers agree: blank lines, comments in column 1, {@code
 * KEY=value} with the value bare or in double quotes and without {@code \}. It is no parser for
 * jlocal: it keeps single quotes in values, and silently drops variables after an unclosed quote.
 */
class EnvOracleTest {
  private static final String BARE = "abcXYZ019 ._-/:=&?%+@$(){}[]<>|!~^*,;üé€😀`\\";
  private static final String INSIDE = "abcXYZ019 ._-/:=&?%+@$(){}<>|!~^*,;üé€'#`";

  /** As {@link #INSIDE}, for a value over two lines: there the stock parser refuses a hash. */
  private static final String BROKEN = INSIDE.replace("#", "");

  @TempDir Path folder;
  private final Random random = new Random(320);

  @Test
  void dotenv_java_and_we_agree() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      String text = anyFile();
      Files.writeString(folder.resolve(".env"), text, UTF_8);
      var stock = Dotenv.configure().directory(folder.toString()).load();
      var ours = EnvFile.parse(text.getBytes(UTF_8), ".env").value();
      var values = new TreeMap<String, String>();
      ours.assignments().forEach(entry -> values.put(entry.name(), entry.value()));
      assertThat(values).as(text).isEqualTo(plain(stock));
    }
  }

  private static Map<String, String> plain(Dotenv file) {
    var plain = new TreeMap<String, String>();
    for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
      plain.put(entry.getKey(), entry.getValue());
    }
    return plain;
  }

  private String anyFile() {
    var file = new StringBuilder();
    int lines = random.nextInt(12);
    for (int i = 0; i < lines; i++)
      file.append(anyLine()).append(random.nextBoolean() ? "\n" : "\r\n");
    return file.toString();
  }

  private String anyLine() {
    String key = any("ABCab._-01", 1 + random.nextInt(5));
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "# " + any(INSIDE, 10);
      case 2 -> key + "=";
      case 3, 4 ->
          key + " = " + any(BARE, 1 + random.nextInt(12)) + (random.nextBoolean() ? " # c" : "");
      case 5 -> key + "=\"" + any(INSIDE, random.nextInt(12)) + "\"";
      case 6 -> key + "=\"" + any(BROKEN, 3) + "\n" + any(BROKEN, 3) + "\"";
      default -> "  " + key + "=" + any(BARE, random.nextInt(12)) + "  ";
    };
  }

  private String any(String alphabet, int length) {
    var text = new StringBuilder();
    int[] characters = alphabet.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
