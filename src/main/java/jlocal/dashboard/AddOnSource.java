package jlocal.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Supplies the page's view of the app's add-ons. Any thread; may block. */
public interface AddOnSource {
  /**
   * Returns the state, which is sent to pages when it changes; called twice a second while one is
   * open.
   */
  JsonFields summary();

  /**
   * Returns the response to a query.
   *
   * @param about the subject of the query; may be empty
   * @return null if there is no such query
   */
  @Nullable Document get(String name, String about) throws IOException;

  /** Deletes the received mail. */
  void clearMail() throws IOException;

  /**
   * A response.
   *
   * @param fields of its header besides the type; they replace those of the page
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(String type, byte[] content, Map<String, String> fields) {
    /** Returns a document for the page's scripts. */
    public static Document json(JsonFields fields) {
      return new Document("application/json", JsonWriter.write(fields).getBytes(UTF_8), Map.of());
    }
  }
}
