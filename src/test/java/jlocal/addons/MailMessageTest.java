package jlocal.addons;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import jlocal.addons.MailMessage.HeaderField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailMessageTest {
  private static final String RICH =
      """
      From: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>
      Subject: =?utf-8?B?R3LDvMOf?=
       =?utf-8?B?ZQ==?=
      X-Raw: grün
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="outer"

      --outer
      Content-Type: multipart/related; boundary="inner"

      --inner
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      100=20% gr=FCn=
      er
      --inner
      Content-Type: text/html; charset="utf-8"

      <p>grün <img src="cid:logo@here"> <img src='cid:none'></p>
      --inner
      Content-Type: image/png; name="logo.png"
      Content-ID: <logo@here>
      Content-Transfer-Encoding: base64

      AAEC
      --inner--
      --outer
      Content-Type: text/html
      Content-Disposition: attachment; filename*=utf-8''..%2F%E2%82%AC%20a%E2%80%AE.html

      <b>saved</b>
      --outer
      Content-Type: message/rfc822

      Subject: inside

      text
      --outer--
      """;

  private static MailMessage read(String text) throws IOException {
    var in = new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(UTF_8));
    return MailMessage.read(in, 100);
  }

  @Test
  void its_fields_text_html_and_attachments_are_read() throws IOException {
    MailMessage message = read(RICH);
    assertThat(message.fields())
        .contains(
            new HeaderField("From", "Jürgen <j@example.com>"),
            new HeaderField("Subject", "Grüße"),
            new HeaderField("X-Raw", "grün"));
    assertThat(message.text()).isEqualToIgnoringNewLines("100 % grüner");
    assertThat(message.html())
        .contains("<p>grün <img src=\"data:image/png;base64,AAEC\"> <img src='cid:none'></p>");
    assertThat(message.parts()).hasSize(5);
    assertThat(message.parts().get(3))
        .returns("€ a_.html", MailMessage.Part::name)
        .returns(true, MailMessage.Part::isAttachment);
    assertThat(message.parts().get(4).type()).isEqualTo("message/rfc822");
  }

  @Test
  void a_message_without_mime_is_its_text() throws IOException {
    MailMessage plain = read("Subject: hello\n\nfirst\n\nsecond €\n");
    assertThat(plain.text()).isEqualTo("first\r\n\r\nsecond €\r\n");
    assertThat(plain.html()).isEmpty();
    assertThat(plain.field("subject")).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "../../etc/passwd, passwd",
    ".bashrc, bashrc",
    "a\\b:c?.txt, a_b_c_.txt"
  })
  void the_name_of_a_file_has_nothing_in_it_that_leads_elsewhere(String name, String safe) {
    assertThat(MailMessage.safe(name)).isEqualTo(safe);
  }

  @Test
  void malformed_input_is_read_as_far_as_possible() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var bytes = RICH.getBytes(UTF_8);
      for (int i = random.nextInt(40); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String cut = new String(bytes, 0, random.nextInt(bytes.length), ISO_8859_1);
      try {
        assertThat(read(cut).html()).isNotNull();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }
}
