package jlocal.drains;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogMessageTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));
  private static final long TIME = 1_795_737_911_247L;

  @TempDir Path home;

  @Test
  void lines_have_the_form_of_logplex() {
    assertThat(http(WEB, "Hello"))
        .isEqualTo("<190>1 2026-11-27T00:05:11.247000+00:00 host app web.1 - Hello\n");
    assertThat(http(Source.ROUTER, "at=info method=GET"))
        .isEqualTo(
            "<158>1 2026-11-27T00:05:11.247000+00:00 host heroku router - at=info method=GET\n");
    assertThat(http(Source.MANAGER, "web.1: Idling")).endsWith("host heroku web.1 - Idling\n");
    assertThat(http(Source.MANAGER, "web.1 started with pid 7"))
        .isEqualTo(
            "<45>1 2026-11-27T00:05:11.247000+00:00 host heroku web.1 - web.1 started with pid"
                + " 7\n");
    assertThat(http(Source.MANAGER, "source=w-2.11 dyno=heroku.1.x sample#load_avg_1m=0.00"))
        .endsWith(" host heroku w-2.11 - source=w-2.11 dyno=heroku.1.x sample#load_avg_1m=0.00\n");
    assertThat(http(Source.MANAGER, "scaling: web=2"))
        .endsWith(" heroku manager - scaling: web=2\n");
    assertThat(http(Source.MANAGER, "Error L10 (output buffer overflow): 5 messages dropped"))
        .startsWith("<172>1 ")
        .contains(" host heroku logplex - Error L10 (output buffer overflow): 5 ");
    assertThat(text(SyslogMessage.of(WEB, TIME, "ä").bytes("d.1", true)))
        .isEqualTo("<190>1 2026-11-27T00:05:11.247000+00:00 d.1 app web.1 - - ä\n");
  }

  private static String http(Source source, String text) {
    return text(SyslogMessage.of(source, TIME, text).bytes("host", false));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private DrainList list() {
    return new DrainList(home.resolve("drains/app"));
  }

  @Test
  void the_list_is_private_and_shows_no_secrets() throws Exception {
    URI uri = URI.create("https://me:secret@logs.example.com:99/token?a=b");
    var drain = requireNonNull(list().add(uri));
    assertThat(list().add(uri)).isNull();
    assertThat(list().all()).containsExactly(drain);
    assertThat(drain.toString())
        .isEqualTo("https://****@logs.example.com:99/**** (" + drain.token() + ")");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list().file())))
        .isEqualTo("rw-------");
    var bare = requireNonNull(list().add(URI.create("syslog+tls://logs.example.com")));
    assertThat(bare.masked()).isEqualTo("syslog+tls://logs.example.com");
    assertThat(list().remove("d.x")).isNull();
    assertThat(list().remove(uri.toString())).isEqualTo(drain);
    assertThat(list().remove(bare.token())).isEqualTo(bare);
    assertThat(list().file()).doesNotExist();
    assertThat(DrainList.url("ftp://x")).isNull();
    assertThat(DrainList.url("syslog:x y")).isNull();
  }
}
