package jlocal.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectiveCommentsTest {
  private static Reading<Procfile> parse(String text) {
    return ProcfileParser.parse(text, "Procfile");
  }

  /** {@code web after=db:1 …}: the type, its directives, and the line of each. */
  private static String directives(String text) {
    Reading<Procfile> read = parse(text);
    assertThat(read.problems()).isEmpty();
    return read.value().directives().entrySet().stream()
        .map(entry -> entry.getKey() + shown(entry.getValue()))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String shown(List<Directive> all) {
    return all.stream()
        .map(it -> " " + it.key().word() + "=" + it.value() + "@" + it.origin())
        .collect(Collectors.joining());
  }

  private static List<String> problems(String text) {
    return parse(text).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void a_comment_right_above_a_type_applies_to_it() {
    assertThat(directives("# jlocal: after=db,redis ready=/health timeout=60\nweb: x\nb: y\n"))
        .isEqualTo("web after=db,redis@Procfile:1 ready=/health@Procfile:1 timeout=60@Procfile:1");
    assertThat(directives("#jlocal:  after=db \r\n# The site.\r\n  # jlocal: timeout=5\r\nweb: x"))
        .isEqualTo("web after=db@Procfile:1 timeout=5@Procfile:3");
  }

  @Test
  void a_value_with_blanks_is_quoted() {
    assertThat(directives("# jlocal: ready=\"log:Listening on .*\" timeout=1\nweb: x\n"))
        .contains("ready=log:Listening on .*@");
    assertThat(directives("# jlocal: ready=exec:'pg_isready -p \"$PORT\"'\nweb: x\n"))
        .contains("ready=exec:pg_isready -p \"$PORT\"@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# after=db",
        "# jlocal: see the guide",
        "# jlocal: waits for the database, then starts",
        "# TODO: after=noon",
        "# This is what jlocal: does",
        "# jlocal reads this file",
        "# Note: ready=yes",
        "#",
        "#!/usr/bin/env jlocal",
      })
  void other_comments_are_not_read(String comment) {
    assertThat(directives(comment + "\nweb: x\n")).isEmpty();
  }

  @Test
  void a_mistyped_comment_is_an_error_that_says_what_was_meant() {
    assertThat(problems("a: x\n# jlocal: aftr=db\nweb: x\n"))
        .containsExactly("Procfile:2: error: unknown 'aftr'; did you mean 'after'?");
    assertThat(problems("# jlocal: x=db\nweb: x\n"))
        .containsExactly(
            "Procfile:1: error: unknown 'x'; there are after, ready, timeout, watchdog");
    assertThat(problems("# jlocal: after=a after=b\nweb: x\n"))
        .containsExactly("Procfile:1: error: after is given twice");
    assertThat(problems("# jlocal: after=a b\nweb: x\n").getFirst())
        .startsWith("Procfile:1: error: 'b' is not KEY=VALUE");
    assertThat(problems("# jlocal: after db\nweb: x\n").getFirst())
        .startsWith("Procfile:1: error: 'after' is not KEY=VALUE");
    assertThat(problems("# jlocal: ready='log:x\nweb: x\n"))
        .containsExactly("Procfile:1: error: the quote ' is not closed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# jlocl: after=db",
        "# jlocal after=db",
        "# Jlocal: ready=/x",
        "#jlocla:timeout=1"
      })
  void a_mistyped_name_is_an_error(String comment) {
    assertThat(problems(comment + "\nweb: x\n").getFirst())
        .contains("Procfile:1: error: '" + comment + "' looks misspelt")
        .contains("hint: write it as  # jlocal: ");
  }

  @Test
  void a_comment_without_a_type_is_an_error() {
    String error = "Procfile:1: error: this '# jlocal:' is not above a process type";
    assertThat(problems("# jlocal: after=b\n\nweb: x\nb: y\n").getFirst()).startsWith(error);
    assertThat(problems("# jlocal: after=b").getFirst()).startsWith(error);
    assertThat(problems("# jlocal: after=b\nnothing\nweb: x\n").getFirst()).startsWith(error);
  }

  @Test
  void a_comment_above_a_disabled_type_does_not_apply_to_the_next() {
    Reading<Procfile> read = parse("# jlocal: after=b\n# web: old\nb: y\n");
    assertThat(read.value().directives()).isEmpty();
    assertThat(read.hasErrors()).isFalse();
    assertThat(read.problems()).hasSize(1);
  }

  @Test
  void the_last_occurrence_of_a_type_counts() {
    String text = "# jlocal: after=b\nweb: x\nweb: y\nb: z\n";
    assertThat(parse(text).value().directives()).isEmpty();
  }
}
