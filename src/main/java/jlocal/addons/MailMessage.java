package jlocal.addons;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * A message (RFC 5322) and its parts (RFC 2045). A malformed one is read as far as possible.
 *
 * @param fields of its header
 * @param parts without multiparts
 */
public record MailMessage(List<HeaderField> fields, List<Part> parts) {
  private static final int MOST_PARTS = 500;
  private static final MimeConfig LENIENT =
      new MimeConfig.Builder().setMaxLineLen(-1).setMaxHeaderLen(-1).setMaxHeaderCount(-1).build();

  private static final Pattern CID = Pattern.compile("(?i)\\bcid:([^\"'\\s<>()]+)");
  private static final Pattern IMAGE = Pattern.compile("image/[a-z0-9.+-]+");

  /** Characters that some system rejects in a file name, or that disguise its extension. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}/\\\\:*?\"<>|]");

  private static final int LONGEST_NAME = 100;

  /** A decoded field of the header. */
  public record HeaderField(String name, String value) {}

  /**
   * A decoded part.
   *
   * @param type in lower case, without parameters
   * @param name of the file to save; empty for none
   * @param isAttachment whether to save it rather than show it
   * @param id by which HTML refers to it; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // Parts are never compared.
  public record Part(
      String type, String charset, String name, boolean isAttachment, String id, byte[] content) {
    private String text() {
      try {
        return new String(content, Charset.forName(charset));
      } catch (IllegalArgumentException _) {
        return new String(content, UTF_8); // unknown charset
      }
    }
  }

  /** Reads the message in a file. */
  public static MailMessage read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, MOST_PARTS);
    }
  }

  /** Reads only the header of the message in a file. */
  public static MailMessage readHeader(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, 0);
    }
  }

  static MailMessage read(InputStream in, int mostParts) throws IOException {
    List<HeaderField> fields = null;
    var header = new ArrayList<Field>();
    var parts = new ArrayList<Part>();
    var stream = new MimeTokenStream(LENIENT);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(in);
    try {
      for (var at = stream.getState(); at != EntityState.T_END_OF_STREAM; at = stream.next()) {
        if (at == EntityState.T_START_HEADER) header.clear();
        if (at == EntityState.T_FIELD) header.add(stream.getField());
        if (at == EntityState.T_END_HEADER && fields == null) fields = decoded(header);
        if (at == EntityState.T_BODY) parts.add(part(header, stream));
        if (fields != null && parts.size() == mostParts) break;
      }
    } catch (MimeException _) {
      // Show what was read so far.
    }
    return new MailMessage(fields == null ? decoded(header) : fields, parts);
  }

  private static List<HeaderField> decoded(List<Field> header) {
    return header.stream().map(it -> new HeaderField(it.getName(), value(it))).toList();
  }

  /** Returns a value unfolded, and with encoded words decoded (RFC 2047). */
  private static String value(Field field) {
    String raw = new String(field.getRaw().toByteArray(), UTF_8);
    String value = raw.substring(raw.indexOf(':') + 1).replaceAll("\r?\n", "").strip();
    return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT);
  }

  private static Part part(List<Field> header, MimeTokenStream stream) throws IOException {
    var type = new Parameters("text/plain", new MimeParameterMapping());
    var disposition = new Parameters("", new MimeParameterMapping());
    String id = "";
    for (Field field : header) {
      switch (field.getName().toLowerCase(Locale.ROOT)) {
        case "content-type" -> type = Parameters.of(field);
        case "content-disposition" -> disposition = Parameters.of(field);
        case "content-id" -> id = value(field).replaceAll("[<>]", "");
        default -> {}
      }
    }
    String name = disposition.get("filename");
    byte[] content = stream.getDecodedInputStream().readAllBytes();
    return new Part(
        type.value,
        type.get("charset"),
        safe(name.isEmpty() ? type.get("name") : name),
        disposition.value.equals("attachment"),
        id,
        content);
  }

  /** The value of a field, and its parameters (RFC 2231). */
  private record Parameters(String value, MimeParameterMapping all) {
    static Parameters of(Field field) {
      var mapping = new MimeParameterMapping();
      RawBody body = RawFieldParser.DEFAULT.parseRawBody((RawField) field);
      body.getParams().forEach(it -> mapping.addParameter(it.getName(), it.getValue()));
      return new Parameters(body.getValue().toLowerCase(Locale.ROOT), mapping);
    }

    String get(String name) {
      String found = all.get(name);
      return found == null ? "" : DecoderUtil.decodeEncodedWords(found, DecodeMonitor.SILENT);
    }
  }

  static String safe(String name) {
    String file = UNSAFE.matcher(name.substring(name.lastIndexOf('/') + 1)).replaceAll("_");
    file = file.replaceFirst("^[. ]+", "");
    return file.substring(Math.max(0, file.length() - LONGEST_NAME));
  }

  /** Returns the value of a header field; empty if there is none. */
  public String field(String name) {
    for (HeaderField each : fields) if (each.name().equalsIgnoreCase(name)) return each.value();
    return "";
  }

  /** Returns all recipients, including those not in its header. */
  public String recipients() {
    return fields.stream()
        .filter(it -> it.name().equals(SmtpSession.RECIPIENT))
        .map(HeaderField::value)
        .collect(Collectors.joining(", "));
  }

  /** Returns its text; empty if it has none. */
  public String text() {
    return first("text/plain");
  }

  /** Returns its HTML with the attached images; empty if it has none. */
  public String html() {
    return CID.matcher(first("text/html"))
        .replaceAll(found -> Matcher.quoteReplacement(data(found.group(1), found.group())));
  }

  private String first(String type) {
    Predicate<Part> isIt = it -> it.type.equals(type) && !it.isAttachment;
    return parts.stream().filter(isIt).findFirst().map(Part::text).orElse("");
  }

  private String data(String id, String otherwise) {
    for (Part each : parts) {
      if (!each.id.equals(id) || !IMAGE.matcher(each.type).matches()) continue;
      return "data:" + each.type + ";base64," + Base64.getEncoder().encodeToString(each.content);
    }
    return otherwise;
  }
}
