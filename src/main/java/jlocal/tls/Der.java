package jlocal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Encodes the parts of a certificate in ASN.1's distinguished encoding (ITU-T X.690). */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_ID = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONTEXT_CONSTRUCTED = 0xa0;

  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return tagged(INTEGER, number.toByteArray());
  }

  static byte[] booleanTrue() {
    return tagged(BOOLEAN, new byte[] {(byte) 0xff});
  }

  /** A bit string without its last {@code unused} bits. */
  static byte[] bits(int unused, byte[] bytes) {
    return tagged(BIT_STRING, new byte[] {(byte) unused}, bytes);
  }

  static byte[] octets(byte[] bytes) {
    return tagged(OCTET_STRING, bytes);
  }

  static byte[] text(String text) {
    return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return tagged(TIME, GENERALIZED.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** Implicit tagging: the number replaces the tag of the content. */
  static byte[] implicit(int number, byte[] content) {
    return tagged(CONTEXT | number, content);
  }

  /** Explicit tagging: the number is a tag around its content. */
  static byte[] explicit(int number, byte[]... parts) {
    return tagged(CONTEXT_CONSTRUCTED | number, parts);
  }

  /** An object identifier such as {@code 2.5.4.3}. */
  static byte[] id(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    var bytes = new ByteArrayOutputStream();
    bytes.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) arc(Integer.parseInt(arcs[i]), bytes);
    return tagged(OBJECT_ID, bytes.toByteArray());
  }

  private static void arc(int arc, ByteArrayOutputStream into) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >> shift != 0) into.write(0x80 | (arc >> shift & 0x7f));
    }
    into.write(arc & 0x7f);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) length += part.length;
    var bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length < 0x80) {
      bytes.write(length);
    } else if (length < 0x100) {
      bytes.write(0x81);
      bytes.write(length);
    } else {
      bytes.write(0x82);
      bytes.write(length >> 8);
      bytes.write(length);
    }
    for (byte[] part : parts) bytes.writeBytes(part);
    return bytes.toByteArray();
  }
}
