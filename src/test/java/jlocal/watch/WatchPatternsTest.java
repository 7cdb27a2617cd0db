package jlocal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchPatternsTest {
  private static final List<String> FILES =
      List.of("app.py", "src/a.py", "src/deep/b.py", "src/c.js", "lib/src/d.py", "data/state.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web=src/**            | src/a.py src/deep/b.py src/c.js",
        "web=src/**,app.py     | app.py src/a.py src/deep/b.py src/c.js",
        "web=./src/*           | src/a.py src/deep/b.py src/c.js",
        "web=src/*.py          | src/a.py",
        "web=*.js              | src/c.js",
        "web=src               | src/a.py src/deep/b.py src/c.js lib/src/d.py",
        "web=/src              | src/a.py src/deep/b.py src/c.js",
        "web=src/              | src/a.py src/deep/b.py src/c.js lib/src/d.py",
        "web=!data             | app.py src/a.py src/deep/b.py src/c.js lib/src/d.py",
        "web=*.py,!src/deep    | app.py src/a.py lib/src/d.py",
        "web=*.py web=*.js     | app.py src/a.py src/deep/b.py src/c.js lib/src/d.py",
        "worker=src            | -",
        "on worker=src         | app.py src/a.py src/deep/b.py src/c.js lib/src/d.py"
            + " data/state.json",
        "*.js worker=src       | src/c.js",
      })
  void patterns_work_as_in_gitignore(String words, String files) {
    var concerns = WatchPatterns.of(List.of(words.split(" "))).of("web");
    var found = concerns == null ? Stream.of("-") : FILES.stream().filter(concerns);
    assertThat(String.join(" ", found.toList())).isEqualTo(files);
  }

  @Test
  void a_pattern_with_a_wildcard_is_not_a_path() {
    var words = List.of("*.py,target/classes", "web=src/**/a,lib/*.py,/x/y/,!data,a?b");
    assertThat(WatchPatterns.of(words).paths())
        .containsExactly("target/classes", "src", "lib", "x/y");
  }
}
