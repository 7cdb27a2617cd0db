package jlocal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustVariablesTest {
  @TempDir Path folder;

  @Test
  void the_bundle_contains_the_certificates_of_the_system() throws IOException {
    Path own = Files.writeString(folder.resolve("ca.crt"), "own\n");
    Path system = Files.writeString(folder.resolve("system.crt"), "system\n");

    Map<String, String> variables = TrustVariables.of(own, system);

    assertThat(variables).containsEntry("NODE_EXTRA_CA_CERTS", own.toString());
    assertThat(variables.get("SSL_CERT_FILE")).isEqualTo(variables.get("REQUESTS_CA_BUNDLE"));
    Path bundle = Path.of(variables.get("SSL_CERT_FILE"));
    assertThat(bundle).hasContent("system\n\nown\n");

    Files.writeString(system, "system, renewed\n");
    TrustVariables.of(own, system);
    assertThat(bundle).hasContent("system, renewed\n\nown\n");
  }

  @Test
  void without_the_systems_certificates_nothing_is_replaced() throws IOException {
    Path own = Files.writeString(folder.resolve("ca.crt"), "own\n");
    assertThat(TrustVariables.of(own, null)).containsOnlyKeys("NODE_EXTRA_CA_CERTS");
  }

  @Test
  void without_an_authority_there_are_no_variables() throws IOException {
    assertThat(TrustVariables.of(Map.of("XDG_DATA_HOME", folder.toString()))).isEmpty();
  }
}
