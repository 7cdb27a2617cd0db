package jlocal.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import jlocal.dashboard.AccessControl.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access control of the page. */
class AccessControlTest {
  private static final String HOST = "127.0.0.1:4000";
  private static final String OWN = "http://" + HOST;

  private final AccessControl access = new AccessControl();
  private String method = "GET";
  private String path = access.root();
  private @Nullable String host = HOST;
  private @Nullable String origin;
  private @Nullable String site = "same-origin";
  private boolean navigates;
  private @Nullable String cookie = access.session();
  private @Nullable String token;

  private @Nullable String refusal() {
    return access.refusal(new Asked(method, path, host, origin, site, navigates, cookie, token));
  }

  private void post() {
    method = "POST";
    path = access.root() + "orders";
    origin = OWN;
    token = access.token();
  }

  @Test
  void a_signed_in_user_sees_the_page_and_gives_orders() {
    assertThat(refusal()).isNull();
    post();
    assertThat(refusal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:4000",
        "web.localhost:4000",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "127.0.0.1:4000:80",
        "127.0.0.1@evil.example",
        ""
      })
  void a_name_of_another_site_that_resolves_to_this_machine_is_refused(String name) {
    host = name;
    assertThat(refusal()).contains("only on 127.0.0.1");
  }

  @Test
  void without_a_host_nothing_is_shown() {
    host = null;
    assertThat(refusal()).contains("only on 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "http://evil.example", "http://127.0.0.1:5000", "https://127.0.0.1:4000"})
  void requests_of_other_origins_are_refused(String other) {
    post();
    origin = other;
    assertThat(refusal()).contains("another page");
    method = "GET";
    assertThat(refusal()).contains("another page");
  }

  @Test
  void a_changing_request_names_its_origin() {
    post();
    origin = null;
    assertThat(refusal()).contains("another page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", ""})
  void cross_site_requests_are_refused(String from) {
    site = from;
    assertThat(refusal()).contains("another page");
    path = "/";
    assertThat(refusal()).contains("another page"); // A frame, an image, a fetch.
    navigates = true;
    assertThat(refusal()).isNull(); // A link to it shows only the way to the page.
    path = access.root();
    assertThat(refusal()).contains("another page");
  }

  @Test
  void without_the_cookie_only_the_entrance_is_open() {
    cookie = null;
    assertThat(refusal()).contains("jlocal dashboard");
    cookie = access.session().replace(access.session().charAt(0), 'x');
    assertThat(refusal()).contains("jlocal dashboard");
    path = access.root() + "events";
    assertThat(refusal()).contains("jlocal dashboard");
    path = "/";
    assertThat(refusal()).isNull();
  }

  @Test
  void a_changing_request_needs_the_second_token() {
    post();
    token = null;
    assertThat(refusal()).contains("reload it");
    token = access.session();
    assertThat(refusal()).contains("reload it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"})
  void only_POST_changes_something(String other) {
    post();
    method = other;
    assertThat(refusal()).contains("only GET and POST");
  }

  @Test
  void nothing_is_changed_at_the_entrance() {
    post();
    path = "/";
    assertThat(refusal()).contains("nothing to change");
  }

  @Test
  void a_link_is_good_for_one_use_within_five_minutes() {
    String key = key(access.newLink(0));
    assertThat(access.redeem(key.substring(1), 1)).isFalse();
    assertThat(access.redeem(key, 1)).isTrue();
    assertThat(access.redeem(key, 2)).isFalse();

    String late = key(access.newLink(0));
    assertThat(access.redeem(late, TimeUnit.MINUTES.toNanos(5) + 1)).isFalse();
  }

  @Test
  void many_links_that_nobody_uses_do_not_add_up() {
    String first = key(access.newLink(0));
    String last = "";
    for (int i = 0; i < 100; i++) last = key(access.newLink(0));
    assertThat(access.redeem(first, 1)).isFalse();
    assertThat(access.redeem(last, 1)).isTrue();
  }

  private static String key(String link) {
    return link.substring(link.indexOf('=') + 1);
  }
}
