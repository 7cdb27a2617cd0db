package jlocal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated machine of folders, whose programs record their calls. */
class TrustStoresTest {
  @TempDir Path folder;
  private Path home;
  private Path calls;
  private Map<String, String> environment;
  private TrustStores.RootCertificate authority;

  @BeforeEach
  void machine() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    calls = folder.resolve("calls");
    environment = Map.of("HOME", home.toString(), "PATH", bin.toString());
    Path file = Files.writeString(folder.resolve("ca.crt"), "certificate");
    authority = new TrustStores.RootCertificate(file, "jlocal on laptop");
  }

  private void program(String name) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/sh\necho " + name + " \"$@\" >>" + calls + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<TrustStore> found() {
    return TrustStores.find(folder, environment, authority);
  }

  @Test
  void a_system_without_any_list_has_none() {
    assertThat(found()).isEmpty();
  }

  @Test
  void debian_keeps_a_folder_and_has_a_program() throws Exception {
    Path anchors = Files.createDirectories(folder.resolve("usr/local/share/ca-certificates"));
    program("update-ca-certificates");

    TrustStore store = found().getFirst();

    Path ours = anchors.resolve("jlocal-" + System.getProperty("user.name") + ".crt");
    assertThat(store.writable()).isTrue();
    assertThat(store.adding().getLast()).containsExactly("update-ca-certificates");
    assertThat(store.removing().getLast()).containsExactly("update-ca-certificates", "--fresh");
    TrustStore.run(List.of(store.adding().getFirst()));
    assertThat(ours).hasContent("certificate");
    TrustStore.run(List.of(store.removing().getFirst()));
    assertThat(ours).doesNotExist();
  }

  @Test
  void a_browser_gets_the_certificate_in_each_of_its_profiles() throws Exception {
    program("certutil");
    Files.createDirectories(home.resolve(".pki/nssdb"));
    Path profile = Files.createDirectories(home.resolve(".mozilla/firefox/abc.default"));
    Files.createFile(profile.resolve("cert9.db"));

    assertThat(found())
        .extracting(TrustStore::name)
        .containsExactly("Chromium's certificates", "Firefox's certificates (abc.default)");
    assertThat(found().getLast().adding().getLast())
        .contains("certutil", "sql:" + profile, "-A", "C,,", "jlocal on laptop");
    assertThat(found().getLast().removing().getLast()).contains("sql:" + profile, "-D");
  }

  @Test
  void a_browser_that_never_ran_gets_a_new_store() throws IOException {
    program("certutil");
    program("chromium");
    assertThat(found()).hasSize(1);
    assertThat(found().getFirst().adding()).hasSize(3);
  }

  @Test
  void commands_for_root_are_shown_as_a_shell_command_line() {
    var commands = List.of(List.of("install", "-m", "644", "/a b/ca.crt", "/c"), List.of("update"));
    assertThat(TrustStore.asRoot(commands))
        .isEqualTo("sudo install -m 644 '/a b/ca.crt' /c && sudo update");
  }

  @Test
  void a_failed_command_is_reported_with_its_output() {
    var fails = List.of(List.of("sh", "-c", "echo no room >&2; exit 3"));
    assertThatThrownBy(() -> TrustStore.run(fails)).hasMessageContaining("no room");
  }
}
