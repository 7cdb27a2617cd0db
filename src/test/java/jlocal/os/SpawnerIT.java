package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The initial state of a child, on a pipe and on a terminal; proc(5). */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SpawnerIT {
  /** Where the child's output goes. */
  enum Output {
    PIPE(null),
    TERMINAL(new WindowSize(31, 97));

    private final @Nullable WindowSize size;

    Output(@Nullable WindowSize size) {
      this.size = size;
    }
  }

  @TempDir Path root;

  private Born born(Output output, String script) throws SpawnFailure {
    return new Born(root, script, output.size);
  }

  @ParameterizedTest
  @EnumSource
  void a_child_leads_its_session_and_its_group(Output output) throws Exception {
    try (var child = born(output, "exec sleep 100")) {
      String stat = Files.readString(child.proc("sleep").resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      String pid = Long.toString(child.child().pid());

      assertThat(fields.subList(2, 4)).as("group and session").containsExactly(pid, pid);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_variable_arrives_byte_for_byte_whatever_its_name(Output output) throws Exception {
    Path rc = Files.writeString(root.resolve("rc"), "export FROM_RC=1\n");
    long seed = System.nanoTime();
    var variables = new HashMap<String, String>();
    for (String name : ODD_NAMES) variables.put(name, anyText(new Random(seed + name.hashCode())));
    variables.put("BASH_FUNC_f%%", "() { echo   hi; }");
    variables.put("BASH_ENV", rc.toString());
    var launch = new Launch(List.of("env", "-0"), root, variables, output.size);

    try (var child = new Born(launch)) {
      var arrived = List.of(child.all().split("\0", -1));

      variables.forEach(
          (name, value) -> assertThat(arrived).as("seed %d", seed).contains(name + "=" + value));
      assertThat(arrived).noneMatch(variable -> variable.startsWith("FROM_RC"));
    }
  }

  private static final List<String> ODD_NAMES =
      List.of("dot.name", "my-key", "1BAD", "UID", "GROUPS", "plain", "a b", "ü", "x%");

  /** Characters of one to four bytes; none that a terminal would translate. */
  private static String anyText(Random random) {
    return random
        .ints(40, 0x20, 0x10FFFF)
        .filter(c -> Character.isDefined(c) && !Character.isISOControl(c))
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .append("'\"$`\\\n é")
        .toString();
  }

  @ParameterizedTest
  @EnumSource
  void a_child_inherits_no_file_of_ours(Output output) throws Exception {
    Pipe pipe = Pipe.open();
    try (var _ = new ServerSocket(0);
        var _ = pipe.source();
        var _ = pipe.sink();
        var _ = born(Output.TERMINAL, "exec sleep 100");
        var child = born(output, "exec sleep 100")) {
      Path files = child.proc("sleep").resolve("fd");

      // A program that has only just begun still opens and closes its libraries.
      child.until("only its own three", () -> namesIn(files).equals(Set.of("0", "1", "2")));
    }
  }

  private static Set<String> namesIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_child_blocks_no_signal_and_ignores_only_what_we_do(Output output) throws Exception {
    try (var child = born(output, "exec sleep 100")) {
      Path its = child.proc("sleep").resolve("status");

      assertThat(signals(its, "SigBlk")).isZero();
      assertThat(signals(its, "SigIgn")).isEqualTo(signals(Path.of("/proc/self/status"), "SigIgn"));
    }
  }

  /** Without 32 and 33, which the C library reserves. */
  private static long signals(Path status, String field) throws IOException {
    String line =
        Files.readAllLines(status).stream()
            .filter(l -> l.startsWith(field))
            .findAny()
            .orElseThrow();
    return Long.parseUnsignedLong(line.substring(field.length() + 1).strip(), 16) & 0x7fffffffL;
  }

  @ParameterizedTest
  @EnumSource
  void its_stdin_is_open_and_silent(Output output) throws Exception {
    try (var child = born(output, "echo ready; read line; echo ended")) {
      child.until("ready");

      assertThat(child.output()).doesNotContain("ended");
      assertThat(child.child().groupAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_last_output_of_a_crash_arrives_complete(Output output) throws Exception {
    try (var child = born(output, "seq 1 3000; echo Traceback >&2; echo last words >&2; exit 1")) {
      assertThat(child.all()).hasLineCount(3002).endsWith("\n3000\nTraceback\nlast words\n");
      assertThat(child.exit()).isEqualTo(new ExitStatus.Code(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void output_of_a_process_that_outlives_the_leader_is_read(Output output) throws Exception {
    String script = "echo early; (while ! [ -e go ]; do sleep 0.05; done; echo late) & exit 0";
    try (var child = born(output, script)) {
      child.exit();
      Files.createFile(root.resolve("go"));

      assertThat(child.all()).isEqualTo("early\nlate\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_output_ends_once_the_group_is_gone(Output output) throws Exception {
    try (var child = born(output, "(trap '' HUP; sleep 100) & echo bye")) {
      child.exit();
      child.until("bye\n");
      assertThat(child.atEnd()).isFalse();

      child.child().signal(Signal.KILL);

      assertThat(child.all()).isEqualTo("bye\n");
    }
  }

  /** Like the browser that jlocal opens: only processes of the app are ended with it. */
  @Test
  void helper_processes_do_not_belong_to_the_app() throws Exception {
    var run = new RunId("e57", System.nanoTime(), 0);
    Process other = new ProcessBuilder("sleep", "100").start();
    try (var spawner = new Spawner(Cgroup.none())) {
      assertThat(spawner.processes(run).remaining()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }
}
