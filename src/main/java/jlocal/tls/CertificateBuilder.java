package jlocal.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Builds and signs X.509 certificates (RFC 5280), which the JDK reads but cannot build. */
final class CertificateBuilder {
  private static final byte[] ECDSA_SHA256 = Der.sequence(Der.id("1.2.840.10045.4.3.2"));
  private static final String KEY_IDENTIFIER = "2.5.29.14";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final byte[] SERVER = Der.id("1.3.6.1.5.5.7.3.1");
  private static final byte[] MAY_SIGN_CERTIFICATES = Der.bits(1, new byte[] {0x06});
  private static final byte[] MAY_SIGN_MESSAGES = Der.bits(7, new byte[] {(byte) 0x80});
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private final String issuer;
  private final KeyPair signer;
  private final Instant now;

  CertificateBuilder(String issuer, KeyPair signer, Instant now) {
    this.issuer = issuer;
    this.signer = signer;
    this.now = now;
  }

  /**
   * The certificate of an authority. Name constraints limit it to this machine's names: a stolen
   * key cannot be used for any other site.
   */
  byte[] ofAuthority(List<String> names) throws GeneralSecurityException {
    byte[][] permitted = new byte[names.size() + 2][];
    for (int i = 0; i < names.size(); i++) {
      permitted[i] = Der.sequence(Der.implicit(DNS, ascii(names.get(i))));
    }
    permitted[names.size()] =
        Der.sequence(Der.implicit(ADDRESS, new byte[] {127, 0, 0, 0, -1, 0, 0, 0}));
    permitted[names.size() + 1] = Der.sequence(Der.implicit(ADDRESS, onlyLoopback6()));
    return signed(
        issuer,
        signer.getPublic(),
        Duration.ofDays(3650),
        extension(KEY_IDENTIFIER, Der.octets(identifier(signer.getPublic()))),
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.booleanTrue(), Der.integer(BigInteger.ZERO))),
        critical(KEY_USAGE, MAY_SIGN_CERTIFICATES),
        critical(NAME_CONSTRAINTS, Der.sequence(Der.explicit(0, permitted))));
  }

  /** The address ::1 and a mask of all ones. */
  private static byte[] onlyLoopback6() {
    byte[] bytes = new byte[32];
    bytes[15] = 1;
    Arrays.fill(bytes, 16, 32, (byte) -1);
    return bytes;
  }

  /** The certificate of a server, for names and both loopback addresses. */
  byte[] ofServer(PublicKey key, List<String> names) throws GeneralSecurityException {
    byte[][] all = new byte[names.size() + 2][];
    for (int i = 0; i < names.size(); i++) all[i] = Der.implicit(DNS, ascii(names.get(i)));
    all[names.size()] = Der.implicit(ADDRESS, InetAddress.ofLiteral("127.0.0.1").getAddress());
    all[names.size() + 1] = Der.implicit(ADDRESS, InetAddress.ofLiteral("::1").getAddress());
    return signed(
        names.getFirst(),
        key,
        Duration.ofDays(397),
        critical(KEY_USAGE, MAY_SIGN_MESSAGES),
        extension(EXTENDED_KEY_USAGE, Der.sequence(SERVER)),
        extension(ALTERNATIVE_NAMES, Der.sequence(all)),
        extension(
            AUTHORITY_KEY_IDENTIFIER,
            Der.sequence(Der.implicit(0, identifier(signer.getPublic())))));
  }

  private byte[] signed(String subject, PublicKey key, Duration validity, byte[]... extensions)
      throws GeneralSecurityException {
    byte[] content =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, new SecureRandom())),
            ECDSA_SHA256,
            name(issuer),
            Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(validity))),
            name(subject),
            key.getEncoded(),
            Der.explicit(3, Der.sequence(extensions)));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(content);
    return Der.sequence(content, ECDSA_SHA256, Der.bits(0, signature.sign()));
  }

  private static byte[] extension(String id, byte[] value) {
    return Der.sequence(Der.id(id), Der.octets(value));
  }

  /** An extension that must be refused by those that do not know it. */
  private static byte[] critical(String id, byte[] value) {
    return Der.sequence(Der.id(id), Der.booleanTrue(), Der.octets(value));
  }

  private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] name(String common) {
    return Der.sequence(Der.set(Der.sequence(Der.id("2.5.4.3"), Der.text(common))));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
