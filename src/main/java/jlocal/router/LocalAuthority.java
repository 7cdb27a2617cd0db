package jlocal.router;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of one user on one machine, made once and kept in a directory. A browser
 * that is told to trust it shows the app's HTTPS without a warning.
 */
public final class LocalAuthority {
  private static final String NAME = "jlocal on ";
  private static final char[] NO_PASSWORD = {};

  private final Path certificateFile;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private LocalAuthority(Path certificateFile, X509Certificate certificate, PrivateKey key) {
    this.certificateFile = certificateFile;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * The authority kept in a directory, made if there is none. Only its owner can read the key.
   *
   * @param machine the machine's name, which it can vouch for beside {@code localhost}
   */
  public static LocalAuthority in(Path directory, String machine) throws IOException {
    Path keyFile = directory.resolve("ca.key");
    Path certificateFile = directory.resolve("ca.crt");
    try {
      if (!Files.exists(keyFile) || !Files.exists(certificateFile)) {
        make(keyFile, certificateFile, machine);
      }
      byte[] encoded = Base64.getMimeDecoder().decode(body(Files.readString(keyFile)));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new LocalAuthority(certificateFile, read(Files.readAllBytes(certificateFile)), key);
    } catch (GeneralSecurityException e) {
      throw new IOException(directory + " holds no usable certificate authority", e);
    }
  }

  private static void make(Path keyFile, Path certificateFile, String machine)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(keyFile.getParent());
    KeyPair pair = keys();
    var writer = new Certificate(NAME + machine, pair, Instant.now());
    byte[] certificate = writer.ofAuthority(List.of("localhost", machine));
    Files.deleteIfExists(keyFile);
    Files.createFile(
        keyFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(certificateFile, pem("CERTIFICATE", certificate));
  }

  /** What a browser or the system has to be told to trust. */
  public Path certificateFile() {
    return certificateFile;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * A new certificate for {@code localhost}, all names under it and more.
   *
   * @param more such as {@code api.localhost}: some browsers do not take {@code *.localhost} for it
   */
  public SSLContext serve(List<String> more) throws IOException {
    try {
      KeyPair pair = keys();
      var names = new ArrayList<>(List.of("localhost", "*.localhost"));
      names.addAll(more);
      var signer = new KeyPair(certificate.getPublicKey(), key);
      String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
      byte[] server =
          new Certificate(issuer, signer, Instant.now()).ofServer(pair.getPublic(), names);
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var chain = new X509Certificate[] {read(server), certificate};
      store.setKeyEntry("jlocal", pair.getPrivate(), NO_PASSWORD, chain);
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate could be made", e);
    }
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
    return "-----BEGIN "
        + what
        + "-----\n"
        + lines.encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static String body(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----", "");
  }
}
