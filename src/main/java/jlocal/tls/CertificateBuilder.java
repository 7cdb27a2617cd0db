package jlocal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/**
 * Builds and signs X.509 certificates (RFC 5280), which the JDK can only read. Constant parts are
 * given in ASN.1's distinguished encoding (ITU-T X.690).
 */
record CertificateBuilder(String issuer, KeyPair signer, Instant now) {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** The tag of a DNS name among the names of a certificate. */
  private static final int DNS = 0x82;

  private static final byte[] VERSION_3 = hex("a003020102");
  private static final byte[] ECDSA_SHA256 = hex("300a06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = hex("0603550403");

  // Complete extensions. Software that does not know a critical one must reject the certificate.

  /** Critical: an authority, which cannot issue further authorities. */
  private static final byte[] IS_AUTHORITY = hex("30120603551d130101ff040830060101ff020100");

  /** Critical: the key signs certificates and revocation lists. */
  private static final byte[] SIGNS_CERTIFICATES = hex("300e0603551d0f0101ff040403020106");

  /** Critical: the key signs messages. */
  private static final byte[] SIGNS_MESSAGES = hex("300e0603551d0f0101ff040403020780");

  /** For servers only. */
  private static final byte[] IS_SERVER = hex("30130603551d25040c300a06082b06010505070301");

  // Object identifiers of the other extensions, with the flag of a critical one.

  private static final byte[] KEY_IDENTIFIER = hex("0603551d0e");
  private static final byte[] AUTHORITY_KEY_IDENTIFIER = hex("0603551d23");
  private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");
  private static final byte[] CRITICAL_NAME_CONSTRAINTS = hex("0603551d1e0101ff");

  /** 127.0.0.1 and ::1, as names of a server. */
  private static final byte[] LOOPBACK = hex("87047f0000018710" + "00".repeat(15) + "01");

  /** 127.0.0.0/8 and ::1, as name constraints. */
  private static final byte[] LOOPBACK_NETWORKS =
      hex("300a87087f000000ff00000030228720" + "00".repeat(15) + "01" + "ff".repeat(16));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Builds the certificate of an authority. Name constraints limit it to this machine's names, so a
   * stolen key is useless for other sites.
   */
  byte[] ofAuthority(List<String> names) throws GeneralSecurityException {
    var permitted = new ByteArrayOutputStream();
    for (String name : names) permitted.writeBytes(der(SEQUENCE, text(DNS, name)));
    byte[] subtrees = der(0xa0, permitted.toByteArray(), LOOPBACK_NETWORKS);
    return signed(
        issuer,
        signer.getPublic(),
        Duration.ofDays(3650),
        extension(KEY_IDENTIFIER, der(OCTETS, identifier())),
        IS_AUTHORITY,
        SIGNS_CERTIFICATES,
        extension(CRITICAL_NAME_CONSTRAINTS, der(SEQUENCE, subtrees)));
  }

  /** Builds the certificate of a server, for names and both loopback addresses. */
  byte[] ofServer(PublicKey key, List<String> names) throws GeneralSecurityException {
    var all = new ByteArrayOutputStream();
    for (String name : names) all.writeBytes(text(DNS, name));
    return signed(
        names.getFirst(),
        key,
        Duration.ofDays(397),
        SIGNS_MESSAGES,
        IS_SERVER,
        extension(ALTERNATIVE_NAMES, der(SEQUENCE, all.toByteArray(), LOOPBACK)),
        extension(AUTHORITY_KEY_IDENTIFIER, der(SEQUENCE, der(0x80, identifier()))));
  }

  private byte[] signed(String subject, PublicKey key, Duration validity, byte[]... extensions)
      throws GeneralSecurityException {
    byte[] content =
        der(
            SEQUENCE,
            VERSION_3,
            der(0x02, new BigInteger(120, new SecureRandom()).toByteArray()),
            ECDSA_SHA256,
            name(issuer),
            der(SEQUENCE, time(now.minus(Duration.ofHours(1))), time(now.plus(validity))),
            name(subject),
            key.getEncoded(),
            der(0xa3, der(SEQUENCE, extensions)));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(content);
    return der(SEQUENCE, content, ECDSA_SHA256, der(0x03, new byte[1], signature.sign()));
  }

  private static byte[] extension(byte[] id, byte[] value) {
    return der(SEQUENCE, id, der(OCTETS, value));
  }

  /** The identifier of the signer's public key. */
  private byte[] identifier() throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(signer.getPublic().getEncoded());
  }

  private static byte[] name(String common) {
    return der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, text(0x0c, common))));
  }

  private static byte[] time(Instant instant) {
    return text(0x18, TIME.format(instant));
  }

  private static byte[] text(int tag, String text) {
    return der(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** Encodes a tag, the total length of the parts, and the parts. */
  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) content.writeBytes(part);
    int length = content.size();
    var bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length >= 0x100) bytes.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
    else if (length >= 0x80) bytes.write(0x81);
    bytes.write(length);
    bytes.writeBytes(content.toByteArray());
    return bytes.toByteArray();
  }
}
