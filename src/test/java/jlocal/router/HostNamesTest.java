package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names under localhost select process types, and a cookie an instance. */
class HostNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                      | web.0
          localhost              | web.0
          localhost:8080         | web.0
          127.0.0.1:8080         | web.0
          [::1]:8080             | web.0
          [::1]                  | web.0
          example.org            | web.0
          notlocalhost:8080      | web.0
          web.localhost:8080     | web.0
          api.localhost:8080     | Api.0
          API.LOCALHOST          | Api.0
          web.2.localhost:8080   | web.2
          api.1.localhost        | Api.1
          acme.api.localhost     | Api.0
          other.localhost:8080   | -
          1.localhost            | -
          """)
  void a_host_means_a_type_and_perhaps_an_instance(String host, String expected) {
    var table = new BackendTable(Timeouts.DEFAULT, 1);
    table.set(new InstanceName(new ProcessType("Api"), 1), 5100, BackendState.UP);
    BackendSet.Target target = HostNames.target(host, table);
    assertThat(target == null ? null : target.type() + "." + target.index()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          localhost               | true
          LOCALHOST.:8080         | true
          api.localhost:8080      | true
          127.0.0.1:8080          | true
          127.9.9.9               | true
          [::1]:8080              | true
          [::ffff:127.0.0.1]:80   | true
          box.test:8080           | true
          192.168.1.7             | true
          -                       | false
          ''                      | false
          evil.example            | false
          evil.example:8080       | false
          notlocalhost            | false
          localhost.evil.example  | false
          127.0.0.1.evil.example  | false
          192.168.1.8             | false
          0.0.0.0                 | false
          [fe80::1]               | false
          localhost:80:80         | false
          user@localhost          | false
          """)
  void only_names_of_this_machine_and_of_host_are_local(String host, boolean expected) {
    assertThat(HostNames.isLocal(host, List.of("box.test", "192.168.1.7"))).isEqualTo(expected);
  }

  @Test
  void each_name_reaches_its_own_type() throws IOException {
    try (var web = App.saying("web");
        var api = App.saying("api");
        var stage = Stage.with(web)) {
      stage
          .router()
          .setBackend(new InstanceName(new ProcessType("api"), 1), api.port(), BackendState.UP);
      assertThat(get(stage, "localhost")).endsWith("web");
      assertThat(get(stage, "api.localhost")).endsWith("api");
      assertThat(get(stage, "web.1.localhost")).endsWith("web");
      assertThat(get(stage, "nope.localhost:1"))
          .startsWith("HTTP/1.1 404")
          .endsWith("There are:\n  http://api.localhost:1\n  http://web.localhost:1\n");
    }
  }

  private static String get(Stage stage, String host) throws IOException {
    try (var wire = new Wire(stage.port())) {
      return wire.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").response();
    }
  }

  @Test
  void a_sticky_client_stays_with_the_instance_it_had_first() throws IOException {
    var options = RouterConfig.on(List.of("127.0.0.1", "::1"), 0).withSticky(true);
    try (var one = App.saying("1");
        var two = App.saying("2");
        var stage = Stage.with(options)) {
      stage.add(one).add(two);
      String first = stage.get("/");
      assertThat(first).contains("Set-Cookie: jlocal-session-affinity=web.1; Path=/; HttpOnly");
      for (String cookie :
          List.of("a=b; jlocal-session-affinity=web.2", "jlocal-session-affinity=web.2")) {
        assertThat(stage.get("/", "Cookie: " + cookie)).endsWith("2").doesNotContain("Set-Cookie");
      }
    }
  }
}
