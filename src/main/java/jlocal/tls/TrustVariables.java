package jlocal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables by which programs trust the authority of the user, so that apps can call others.
 */
public final class TrustVariables {
  /** Those of Debian and its like, Fedora and its like, SUSE, and macOS. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private TrustVariables() {}

  /**
   * Those for the authority of the user with this environment; none while there is no authority.
   */
  public static Map<String, String> of(Map<String, String> environment) throws IOException {
    if (!CertificateAuthority.exists(environment)) return Map.of();
    Path own = CertificateAuthority.certificateFile(environment);
    Path system = SYSTEM.stream().filter(Files::isReadable).findFirst().orElse(null);
    return of(own, system);
  }

  /**
   * Node adds a file to the certificates it has; OpenSSL and Python's requests have no others than
   * those of the file, which so holds the system's as well.
   *
   * @param system the system's certificates; null when they are not found
   */
  static Map<String, String> of(Path own, @Nullable Path system) throws IOException {
    var variables = new LinkedHashMap<>(Map.of("NODE_EXTRA_CA_CERTS", own.toString()));
    if (system == null) return variables;
    var both = new ByteArrayOutputStream();
    both.write(Files.readAllBytes(system));
    both.write('\n');
    both.write(Files.readAllBytes(own));
    Path bundle = own.resolveSibling("ca-and-system.crt");
    if (!Files.exists(bundle) || Files.size(bundle) != both.size()) {
      Path next = own.resolveSibling("ca-and-system." + ProcessHandle.current().pid());
      Files.write(next, both.toByteArray());
      Files.move(next, bundle, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
    variables.put("SSL_CERT_FILE", bundle.toString());
    variables.put("REQUESTS_CA_BUNDLE", bundle.toString());
    return variables;
  }
}
