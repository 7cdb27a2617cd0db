package jlocal.dashboard;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.json.JsonFields;
import jlocal.router.HandledRequest;
import jlocal.router.RecordedBody;

/** The details of a request, as JSON. */
final class RequestDetails {
  /** Fields whose values are shown only on request. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(authorization|cookie|token|secret|api-?key|password|session).*");

  private RequestDetails() {}

  /** Returns the details without the values of secret fields. */
  static JsonFields of(HandledRequest it) {
    var all = new LinkedHashMap<>(it.summary().values());
    all.put("scheme", it.scheme());
    all.put("request", fields(it.fields()));
    all.put("response", fields(it.answered()));
    if (it.sent() != null) all.put("sent", body(it.sent()));
    if (it.received() != null) all.put("received", body(it.received()));
    return new JsonFields(all);
  }

  private static List<JsonFields> fields(HeaderMap map) {
    var fields = new ArrayList<JsonFields>();
    for (HeaderValues values : map) {
      String name = values.getHeaderName().toString();
      boolean isSecret = SECRET.matcher(name).matches();
      for (String value : values) {
        fields.add(JsonFields.of("name", name, "value", isSecret ? "" : value, "masked", isSecret));
      }
    }
    return fields;
  }

  private static JsonFields body(RecordedBody body) {
    byte[] bytes = body.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean isText = text.indexOf('\0') < 0;
    return JsonFields.of(
        "text",
        isText ? text : "",
        "binary",
        !isText,
        "kept",
        bytes.length,
        "length",
        body.length());
  }
}
