package jlocal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import jlocal.os.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  @TempDir Path app;
  @TempDir Path system;

  private Doctor doctor(String... pairs) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i + 1 < pairs.length; i += 2) environment.put(pairs[i], pairs[i + 1]);
    return new Doctor(system, app, environment);
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, en_US.UTF-8, true",
    "LC_ALL, C.utf8, true",
    "LANG, C, false",
    "LC_CTYPE, de_DE, false",
    "OTHER, x, false"
  })
  void a_locale_without_utf_8_is_reported(String name, String value, boolean fine) {
    Finding found = doctor(name, value).locale();

    assertThat(found.isFine()).isEqualTo(fine);
    assertThat(found.todo().contains("LC_ALL=C.UTF-8")).isNotEqualTo(fine);
  }

  @Test
  void the_first_variable_of_a_locale_decides() {
    assertThat(doctor("LC_ALL", "C", "LANG", "C.UTF-8").locale().isFine()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy, '', false",
    "HTTP_PROXY, 'localhost,127.0.0.1', true",
    "all_proxy, '*', true",
    "none, '', true"
  })
  void a_proxy_for_localhost_is_reported(String name, String except, boolean fine) {
    Finding found = doctor(name, "http://proxy:3128", "no_proxy", except).proxies();

    assertThat(found.isFine()).isEqualTo(fine);
    assertThat(found.found()).doesNotContain("3128");
  }

  @ParameterizedTest
  @CsvSource({"true, xterm, true", "true, dumb, false", "true, '', false", "false, '', true"})
  void a_dumb_terminal_is_reported(boolean is, String term, boolean fine) {
    assertThat(doctor("TERM", term).terminal(is).isFine()).isEqualTo(fine);
  }

  @Test
  void low_limits_are_reported_with_the_command_that_raises_them() throws IOException {
    file(
        "proc/self/limits",
        "Max processes  100  200  processes\nMax open files  256  4096  files\n");
    file("proc/sys/fs/inotify/max_user_watches", "8192\n");
    file("proc/sys/fs/inotify/max_user_instances", "1024\n");

    List<Finding> found = doctor().limits();

    assertThat(found)
        .filteredOn(it -> !it.isFine())
        .extracting(Finding::todo)
        .containsExactlyInAnyOrder(
            "ulimit -n 4096", "ulimit -u 4096", "sudo sysctl fs.inotify.max_user_watches=524288");
    assertThat(found).hasSize(4);
  }

  @Test
  void enough_or_no_limits_are_fine() throws IOException {
    file("proc/self/limits", "Max processes  unlimited  unlimited  processes\n");

    assertThat(doctor().limits()).singleElement().matches(Finding::isFine);
  }

  @Test
  void a_full_control_group_is_reported() throws IOException {
    file("proc/self/cgroup", "0::/box\n");
    file("sys/fs/cgroup/box/cgroup.procs", "");
    file("sys/fs/cgroup/box/pids.max", "100\n");
    file("sys/fs/cgroup/box/pids.current", "95\n");

    assertThat(doctor().groups())
        .extracting(Finding::found)
        .containsExactly("each run has a group of its own", "95 of 100 processes and threads");
    assertThat(doctor().groups().getLast().isFine()).isFalse();
  }

  @Test
  void problems_of_an_env_file_are_reported_without_values() throws IOException {
    Files.writeString(app.resolve(".env"), "PATH=/opt/secret:$PATH\r\nA=1\r\n");

    List<Finding> found = doctor().envFile();

    assertThat(found).hasSize(2).noneMatch(Finding::isFine);
    assertThat(found.getFirst().found()).startsWith("line 1: $NAME in the value of PATH");
    assertThat(found.getLast().todo()).endsWith("sed -i 's/\\r$//' .env");
    assertThat(found.toString()).doesNotContain("secret");
  }

  @Test
  void a_good_env_file_is_fine() throws IOException {
    Files.writeString(app.resolve(".env"), "A=1\n");

    assertThat(doctor().envFile()).singleElement().matches(Finding::isFine);
  }

  @Test
  void a_port_in_use_is_reported_with_its_holder_but_not_as_a_fault() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Finding found = Doctor.port(socket.getLocalPort());

      assertThat(found.isFine()).isTrue();
      assertThat(found.found()).startsWith(socket.getLocalPort() + " is in use by ");
    }
  }

  @Test
  void homes_shells_and_java_homes_are_checked() {
    assertThat(doctor().home().isFine()).isFalse();
    assertThat(doctor("HOME", app.toString()).home().isFine()).isTrue();
    assertThat(doctor("JAVA_HOME", app.toString()).java().isFine()).isFalse();
    assertThat(doctor().java().isFine()).isTrue();
    assertThat(Doctor.shell(new Shell(Path.of("/bin/sh"))).todo()).isNotEmpty();
    assertThat(Doctor.shell(new Shell(Path.of("/bin/bash"))).todo()).isEmpty();
  }

  private void file(String name, String text) throws IOException {
    Path file = system.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
