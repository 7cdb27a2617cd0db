package jlocal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import jlocal.os.Machine;
import jlocal.os.PrivateFiles;
import jlocal.os.User;

/**
 * The certificate authority of one user on one machine. It is generated once, kept in a directory,
 * and used for all apps. Browsers that trust it accept their HTTPS certificates.
 */
public final class CertificateAuthority {
  private static final String NAME = "jlocal on ";
  private static final String KEY = "ca.key";
  private static final String CERTIFICATE = "ca.crt";

  private final Path certificateFile;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(Path certificateFile, X509Certificate certificate, PrivateKey key) {
    this.certificateFile = certificateFile;
    this.certificate = certificate;
    this.key = key;
  }

  /** Whether the user with this environment has an authority. */
  public static boolean exists(Map<String, String> environment) {
    return Files.isDirectory(directory(environment));
  }

  /** Opens the authority of the user with this environment; generates it if there is none. */
  public static CertificateAuthority of(Map<String, String> environment) throws IOException {
    return in(directory(environment), Machine.name());
  }

  /** The file of its certificate, in PEM. */
  static Path certificateFile(Map<String, String> environment) {
    return directory(environment).resolve(CERTIFICATE);
  }

  private static Path directory(Map<String, String> environment) {
    return User.dataFolder(environment).resolve("ca");
  }

  /**
   * Opens the authority in a directory; generates it if there is none. Only the owner can read the
   * key.
   *
   * @param machine name of the machine, for which it can issue certificates beside {@code
   *     localhost}
   * @throws IOException with a sentence for the user: what is wrong with the files, and what to do
   */
  public static CertificateAuthority in(Path directory, String machine) throws IOException {
    Path keyFile = directory.resolve(KEY);
    Path certificateFile = directory.resolve(CERTIFICATE);
    try {
      PrivateFiles.protect(folderOf(directory));
      if (!Files.exists(keyFile) || !Files.exists(certificateFile)) generate(directory, machine);
      String pem = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----", "");
      var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(encoded);
      return new CertificateAuthority(
          certificateFile, read(Files.readAllBytes(certificateFile)), key);
    } catch (GeneralSecurityException | IllegalArgumentException | DirectoryNotEmptyException e) {
      throw new IOException(
          directory + " contains no usable certificate authority: delete it to create a new one",
          e);
    } catch (FileSystemException e) {
      String unknown = e instanceof AccessDeniedException ? "permission denied" : "cannot be made";
      String reason = Objects.requireNonNullElse(e.getReason(), unknown);
      throw new IOException(
          "cannot use the certificate authority in %s: %s; set XDG_DATA_HOME to another folder"
              .formatted(directory, reason),
          e);
    }
  }

  private static Path folderOf(Path directory) {
    return Objects.requireNonNull(directory.toAbsolutePath().getParent());
  }

  /**
   * Generates both files or none. If two processes do so at once, the second uses the files of the
   * first.
   */
  private static void generate(Path directory, String machine)
      throws IOException, GeneralSecurityException {
    Path data = folderOf(directory);
    PrivateFiles.createFolders(data);
    Path draft = Files.createTempDirectory(data, "ca", PrivateFiles.FOLDER);
    KeyPair pair = keys();
    byte[] certificate =
        new CertificateBuilder(NAME + machine, pair, Instant.now())
            .ofAuthority(List.of("localhost", machine));
    Path keyFile = Files.createFile(draft.resolve(KEY), PrivateFiles.FILE);
    Files.writeString(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Path certificateFile = Files.createFile(draft.resolve(CERTIFICATE), PrivateFiles.FILE);
    Files.writeString(certificateFile, pem("CERTIFICATE", certificate));
    try {
      Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.delete(keyFile);
      Files.delete(certificateFile);
      Files.delete(draft);
      if (Files.exists(directory.resolve(KEY))) return;
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new DirectoryNotEmptyException(directory.toString());
      }
      throw e;
    }
  }

  /** The name in lists of authorities, such as {@code jlocal on laptop}. */
  public String name() {
    return certificate.getSubjectX500Principal().getName().substring("CN=".length());
  }

  /** The certificate in PEM, to be added to a {@link TrustStore}. */
  public Path certificateFile() {
    return certificateFile;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * For servers: with a certificate for each name under {@code localhost} that a client asks for;
   * each is also for {@code localhost} and the machine's name at the time when the authority was
   * generated.
   */
  public SSLContext serverContext() throws IOException {
    try {
      KeyPair pair = keys();
      var signer = new KeyPair(certificate.getPublicKey(), key);
      var keys = new ServerKeys(pair, name -> chain(signer, pair, name));
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot issue a certificate", e);
    }
  }

  private X509Certificate[] chain(KeyPair signer, KeyPair server, String more)
      throws GeneralSecurityException {
    var names = new LinkedHashSet<>(List.of("localhost", "*.localhost"));
    names.add(name().substring(NAME.length()));
    if (!more.isEmpty()) names.add(more);
    byte[] issued =
        new CertificateBuilder(name(), signer, Instant.now())
            .ofServer(server.getPublic(), List.copyOf(names));
    return new X509Certificate[] {read(issued), certificate};
  }

  private static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate read(byte[] bytes) throws GeneralSecurityException {
    var factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
  }

  private static String pem(String what, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, lines.encodeToString(bytes));
  }
}
