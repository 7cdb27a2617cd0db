package jlocal.router;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import jlocal.os.PrivateFiles;

/**
 * A certificate authority of one user on one machine, made once and kept in a directory. A browser
 * that is told to trust it shows the app's HTTPS without a warning.
 */
public final class LocalAuthority {
  private static final String NAME = "jlocal on ";
  private static final String KEY = "ca.key";
  private static final String CERTIFICATE = "ca.crt";
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
    Path keyFile = directory.resolve(KEY);
    Path certificateFile = directory.resolve(CERTIFICATE);
    try {
      PrivateFiles.protect(folderOf(directory));
      if (!Files.exists(keyFile) || !Files.exists(certificateFile)) make(directory, machine);
      byte[] encoded = Base64.getMimeDecoder().decode(body(Files.readString(keyFile)));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new LocalAuthority(certificateFile, read(Files.readAllBytes(certificateFile)), key);
    } catch (GeneralSecurityException e) {
      throw new IOException(directory + " holds no usable certificate authority", e);
    }
  }

  private static Path folderOf(Path directory) {
    return Objects.requireNonNull(directory.toAbsolutePath().getParent());
  }

  /** Both files or none: who comes second uses what the first has made. */
  private static void make(Path directory, String machine)
      throws IOException, GeneralSecurityException {
    Path data = folderOf(directory);
    PrivateFiles.createFolders(data);
    Path draft = Files.createTempDirectory(data, "ca", PrivateFiles.FOLDER);
    KeyPair pair = keys();
    byte[] certificate =
        new Certificate(NAME + machine, pair, Instant.now())
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
      if (!Files.exists(directory.resolve(KEY))) throw e;
    }
  }

  /** What lists of authorities call it. */
  public String name() {
    return certificate.getSubjectX500Principal().getName().substring("CN=".length());
  }

  /** What a browser or the system has to be told to trust. */
  public Path certificateFile() {
    return certificateFile;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * A new certificate for {@code localhost}, all names under it, the machine's name as it was when
   * the authority was made, and more.
   *
   * @param more such as {@code api.localhost}: some browsers do not take {@code *.localhost} for it
   */
  public SSLContext serve(List<String> more) throws IOException {
    try {
      KeyPair pair = keys();
      var names = new LinkedHashSet<>(List.of("localhost", "*.localhost"));
      names.add(name().substring(NAME.length()));
      names.addAll(more);
      var signer = new KeyPair(certificate.getPublicKey(), key);
      byte[] server =
          new Certificate(name(), signer, Instant.now())
              .ofServer(pair.getPublic(), List.copyOf(names));
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
