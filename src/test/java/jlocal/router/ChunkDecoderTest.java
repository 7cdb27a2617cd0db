package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks as RFC 9112 writes them, and nothing else. {@code ~} stands for CRLF. */
class ChunkDecoderTest {
  private record Decoded(String content, String rest, ChunkDecoder decoder) {}

  private static Decoded decode(String text, int step) throws IOException {
    byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    var decoder = new ChunkDecoder();
    var content = new StringBuilder();
    int at = 0;
    String rest = "";
    while (at < bytes.length && !decoder.ended()) {
      int count = Math.min(step, bytes.length - at);
      ByteBuffer buffer = ByteBuffer.wrap(bytes.clone(), at, count);
      decoder.decode(buffer);
      content.append(StandardCharsets.ISO_8859_1.decode(buffer.duplicate()));
      rest =
          new String(bytes, at + count - decoder.rest(), decoder.rest(), StandardCharsets.US_ASCII);
      at += count;
    }
    return new Decoded(content.toString(), rest, decoder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0~~                           | ''           | ''
          5~hello~0~~                   | hello        | ''
          5~hello~6~ world~0~~GET /     | hello world  | GET /
          A~0123456789~0~~              | 0123456789   | ''
          000a;x="y";z~0123456789~0~~   | 0123456789   | ''
          1~a~0~X-Sum: 1~Y: 2~~         | a            | ''
          """)
  void valid_chunks_are_decoded_however_they_are_split(String text, String content, String rest)
      throws IOException {
    for (int step : new int[] {1, 2, 3, 7, 1000}) {
      Decoded decoded = decode(text, step);
      assertThat(decoded.content()).isEqualTo(content);
      assertThat(decoded.decoder().ended()).isTrue();
      if (step == 1000) assertThat(decoded.rest()).isEqualTo(rest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\nhello~0~~",
        "5~helloXX0~~",
        "5~hello\n0~~",
        "0x1~a~0~~",
        "-1~a~0~~",
        "+1~a~0~~",
        "~",
        ";x~",
        "10000000000000000~a~",
        "1;x\ny~a~0~~",
        "1\r\ra~0~~",
        "0~bad trailer~~",
        "0~ folded: x~~",
        "0~X: 1\n~",
        "g~a~0~~"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> decode(text, 1000)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(text, 1)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5~hello~0~X-Sum: 1~Host: x~~"})
  void trailers_are_kept_apart_from_those_that_may_not_pass(String text) throws IOException {
    var trailers = decode(text, 1000).decoder().trailers();
    assertThat(trailers).containsExactly("X-Sum: 1", "Host: x");
    assertThat(HeaderFields.isForwardableTrailer(trailers.getFirst())).isTrue();
    assertThat(HeaderFields.isForwardableTrailer(trailers.getLast())).isFalse();
  }
}
