package jlocal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jlocal.router.RouterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterPlanTest {
  private static RouterPlan plan(String host, int port, int httpsPort) {
    return new RouterPlan(RouterConfig.on(List.of(host), port), httpsPort);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://localhost:8080",
    "0.0.0.0,   http://localhost:8080",
    "'::',      http://localhost:8080",
    "192.0.2.1, http://192.0.2.1:8080",
    "fe80::1,   http://[fe80::1]:8080"
  })
  void an_address_is_what_to_type_into_a_browser(String host, String url) {
    assertThat(plan(host, 8080, RouterPlan.NO_HTTPS).url("http", 8080)).isEqualTo(url);
  }

  @Test
  void it_reserves_the_ports_that_are_known_before_it_listens() {
    assertThat(plan("::1", 8080, 8443).reservations())
        .hasToString("{8080=the router, 8443=the router's HTTPS}");
    assertThat(plan("::1", 0, RouterPlan.NO_HTTPS).reservations()).isEmpty();
    assertThat(plan("::1", 8080, 0).hasFixedPorts()).isFalse();
    assertThat(plan("::1", 8080, RouterPlan.NO_HTTPS).hasFixedPorts()).isTrue();
  }

  @Test
  void both_addresses_are_announced() {
    assertThat(plan("::1", 8080, 8443).addresses(8080, 8443))
        .isEqualTo("http://localhost:8080 and https://localhost:8443");
  }
}
