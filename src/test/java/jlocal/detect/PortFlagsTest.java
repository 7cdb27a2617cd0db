package jlocal.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of src/test/resources/port-flags.txt. */
class PortFlagsTest {
  private static final Path ROWS = Path.of("src/test/resources/port-flags.txt");

  @TempDir static Path app;

  private final PortFlags flags = new PortFlags();

  @BeforeAll
  static void scripts() throws IOException {
    Files.writeString(
        app.resolve("package.json"),
        """
        {"scripts": {
          "dev": "vite",
          "start": "tsc -b && ng serve",
          "client": "npm --prefix client run dev",
          "fixed": "vite --port 3000",
          "both": "concurrently \\"vite\\" \\"node api.js\\"",
          "next": "next dev --turbopack",
          "loop": "npm run loop"
        }}
        """);
    Path client = Files.createDirectory(app.resolve("client"));
    Files.writeString(client.resolve("package.json"), "{\"scripts\":{\"dev\":\"astro dev\"}}");
  }

  static List<String> rows() throws IOException {
    return Files.readAllLines(ROWS).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_command_gets_the_flag_of_its_server(String row) {
    String[] sides = row.split(" =>", 2);

    PortFlags.Flag flag = flags.of(sides[0], app);

    assertThat(flag == null ? "" : " " + flag.added()).isEqualTo(sides[1]);
  }

  @Test
  void every_server_of_the_table_is_in_a_row() throws IOException {
    var found = new HashSet<String>();
    for (String row : rows()) {
      PortFlags.Flag flag = flags.of(row.split(" =>", 2)[0], app);
      if (flag != null) found.add(flag.server());
    }
    assertThat(found).containsAll(flags.servers());
  }
}
