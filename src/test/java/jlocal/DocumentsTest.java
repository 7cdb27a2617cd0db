package jlocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names of classes and methods in documents: {@code `process.Lifecycle.ended`}. */
class DocumentsTest {
  private static final Path PACKAGES = Path.of("src/main/java/jlocal");
  private static final Pattern NAME =
      Pattern.compile("`(?:jlocal\\.)?([a-z]+)\\.([A-Z][A-Za-z0-9]+)(?:\\.(\\w+))?`");

  @Test
  void every_class_and_method_in_a_document_exists() throws IOException {
    var names = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (Path document : documents()) {
      for (MatchResult found : NAME.matcher(Files.readString(document)).results().toList()) {
        if (!Files.isDirectory(PACKAGES.resolve(found.group(1)))) continue; // a setting: env.TYPE
        names.add(found.group());
        if (!exists(found)) missing.add(document + ": " + found.group());
      }
    }
    assertThat(names).hasSizeGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (var docs = Files.list(Path.of("docs"))) {
      var all = new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).toList());
      all.add(Path.of("CONTRIBUTING.md"));
      return all;
    }
  }

  private static boolean exists(MatchResult name) throws IOException {
    Path file = PACKAGES.resolve(name.group(1)).resolve(name.group(2) + ".java");
    if (!Files.exists(file)) return false;
    return name.group(3) == null
        || Pattern.compile("\\b" + name.group(3) + "\\b").matcher(Files.readString(file)).find();
  }
}
