package jlocal.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;

/** Heads in random bytes that arrive in pieces. */
class HeadBufferTest {
  private static final Pattern EMPTY_LINE = Pattern.compile("\n\r?\n");

  @RepeatedTest(50)
  void heads_end_at_their_empty_lines_wherever_the_bytes_are_split() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(1, 400)];
    for (int i = 0; i < bytes.length; i++)
      bytes[i] = (byte) "\n\n\n\r\ra\u00ff".charAt(random.nextInt(7));

    var buffer = new HeadBuffer();
    var heads = new ArrayList<String>();
    for (int at = 0; at < bytes.length; ) {
      int end = random.nextInt(at, bytes.length) + 1;
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, end - at);
      while (piece.hasRemaining()) {
        String head = buffer.take(piece);
        if (head != null) heads.add(head);
        else assertThat(piece.hasRemaining()).isFalse();
      }
      at = end;
    }

    var expected = new ArrayList<String>();
    String rest = new String(bytes, ISO_8859_1);
    for (var line = EMPTY_LINE.matcher(rest); line.find(); line = EMPTY_LINE.matcher(rest)) {
      expected.add(rest.substring(0, line.end()));
      rest = rest.substring(line.end());
    }
    assertThat(heads).as("seed %d", seed).isEqualTo(expected);
    assertThat(buffer.length()).as("seed %d", seed).isEqualTo(rest.length());
  }
}
