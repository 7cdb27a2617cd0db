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

/** The variables that make programs trust the authority, so that apps can call each other. */
public final class TrustVariables {
  /** The files of Debian, Fedora, SUSE and macOS, and systems derived from these. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private TrustVariables() {}

  /** Returns the variables for the authority of this user; empty if there is none. */
  public static Map<String, String> of(Map<String, String> environment) throws IOException {
    if (!CertificateAuthority.exists(environment)) return Map.of();
    Path own = CertificateAuthority.certificateFile(environment);
    Path system = SYSTEM.stream().filter(Files::isReadable).findFirst().orElse(null);
    return of(own, system);
  }

  /**
   * Node adds a file to its own certificates. OpenSSL and Python's requests use only the given
   * file, which therefore contains the system's certificates, too.
   *
   * @param system the system's certificates; null if not found
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
