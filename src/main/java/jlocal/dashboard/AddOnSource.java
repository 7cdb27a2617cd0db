package jlocal.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What the page shows of the app's add-ons. Any thread; may block. */
public interface AddOnSource {
  /** Told to pages whenever it changes; asked for twice a second while one is open. */
  JsonFields summary();

  /**
   * The answer to a question.
   *
   * @param about what is asked about; may be empty
   * @return null when there is no such question
   */
  @Nullable Document get(String name, String about) throws IOException;

  /** Deletes the mail that was taken. */
  void clearMail() throws IOException;

  /**
   * An answer.
   *
   * @param fields of its header besides the type, in place of those of the page
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(String type, byte[] content, Map<String, String> fields) {
    /** One that the page's scripts read. */
    public static Document json(JsonFields fields) {
      return new Document("application/json", JsonWriter.write(fields).getBytes(UTF_8), Map.of());
    }
  }
}
