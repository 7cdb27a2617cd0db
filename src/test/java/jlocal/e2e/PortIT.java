package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ports that are in use. */
class PortIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** Another program that listens. */
  private static ServerSocket taken(int port) throws Exception {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static String holder() {
    return "java (pid " + ProcessHandle.current().pid() + ")";
  }

  @Test
  void a_busy_port_that_was_asked_for_is_an_error_that_names_its_holder() throws Exception {
    sandbox.given("Procfile", "web: echo started\nworker: echo started\n");

    try (var _ = taken(sandbox.port() + 100)) {
      Finished done = sandbox.start().end();

      assertThat(done.err())
          .isEqualTo(
              "jlocal: port %d for worker.1 is in use by %s\n"
                      .formatted(sandbox.port() + 100, holder())
                  + "   hint: stop that program, or choose another base: -p PORT\n");
      assertThat(done.out()).isEmpty();
      assertThat(done.status()).isEqualTo(2);
    }
  }

  @Test
  void a_busy_port_of_the_default_block_moves_the_whole_block() throws Exception {
    sandbox.given("Procfile", "web: echo at $PORT\nworker: echo at $PORT\n");

    try (var _ = new DefaultPort(5000)) {
      Finished done = sandbox.run("start", "--no-proxy");

      int base = Integer.parseInt(done.lines("web.1").getFirst().replace("at ", ""));
      assertThat(done.lines("manager"))
          .anyMatch(line ->
              line.matches("port 5\\d00 is in use by .*: PORTs begin at " + base + " instead"));
      assertThat(done.lines("worker.1")).containsExactly("at " + (base + 100));
      assertThat(base).isGreaterThan(5000);
      assertThat(done.status()).isZero();
    }
  }

  @Test
  void a_busy_port_with_strict_port_is_an_error() throws Exception {
    sandbox.given("Procfile", "web: echo started\n");

    try (var _ = new DefaultPort(5000)) {
      Finished done = sandbox.run("start", "--no-proxy", "--strict-port");

      assertThat(done.err()).contains("port 5000 for web.1 is in use by ");
      assertThat(done.status()).isEqualTo(2);
    }
  }

  @Test
  void a_port_given_to_another_app_is_not_taken_before_that_listens() throws Exception {
    sandbox.given("shop/Procfile", "web: exec sleep 1000\napi: exec sleep 1000\n");
    sandbox.given("admin/Procfile", "web: echo at $PORT; exec sleep 1000\n");
    Running shop = sandbox.start("-d", "shop").until("api.1 is up");
    int api = sandbox.port() + 100;

    Finished refused = sandbox.run("start", "-d", "admin", "--no-proxy", "-p", "" + api);
    Finished checked = sandbox.run("check", "-d", "admin", "--no-proxy", "-p", "" + api);

    String said =
        "jlocal: port %d for web.1 is reserved for api.1 of %s\n"
            .formatted(api, sandbox.root().resolve("shop"));
    assertThat(refused.err()).startsWith(said);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(checked.err()).startsWith(said);

    sandbox.run("scale", "-d", "shop", "api=2");
    Finished scaled = sandbox.run("start", "-d", "admin", "--no-proxy", "-p", "" + (api + 1));
    assertThat(scaled.err()).contains("is reserved for api.2 of ");

    shop.stop();
    Running admin = sandbox.jlocal("start", "-d", "admin", "--no-proxy", "-p", "" + api);
    admin.until("at " + api).stop();
  }

  @Test
  void two_apps_on_default_ports_get_blocks_of_their_own() throws Exception {
    String two = "web: echo at $PORT; exec sleep 1000\napi: echo at $PORT; exec sleep 1000\n";
    sandbox.given("shop/Procfile", two).given("admin/Procfile", two);
    var runs =
        List.of(
            sandbox.jlocal("start", "-d", "shop", "--proxy-port", "0"),
            sandbox.jlocal("start", "-d", "admin", "--proxy-port", "0"));

    var ports = new TreeSet<String>();
    for (Running run : runs) {
      run.until("| at ", 2);
      ports.addAll(run.lines("web.1"));
      ports.addAll(run.lines("api.1"));
    }
    assertThat(ports).hasSize(4);
    runs.forEach(Running::stop);
  }

  @Test
  void an_app_that_must_move_comes_back_at_the_same_ports_which_check_names() throws Exception {
    sandbox.given("Procfile", "web: echo at $PORT; exec sleep 1000\n");
    sandbox.variable("XDG_DATA_HOME", sandbox.runtime().toString());

    try (var _ = new DefaultPort(5000)) {
      Running first = sandbox.jlocal("start", "--proxy-port", "0").until("| at ");
      String port = first.lines("web.1").getFirst();
      first.stop();
      Running second = sandbox.jlocal("start", "--proxy-port", "0").until("| at ");
      assertThat(second.lines("web.1")).containsExactly(port);
      assertThat(sandbox.run("check").out())
          .contains("PORTs from " + port.replace("at ", "") + ", the router on ");
      second.stop();
    }
  }

  @Test
  void the_router_keeps_its_two_ports_apart() throws Exception {
    sandbox.given("Procfile", "web: echo started\n");
    String port = "" + (sandbox.port() + 300);

    Finished done =
        sandbox.run("check", "-p", "" + sandbox.port(), "--proxy-port", port, "--https=" + port);

    assertThat(done.err()).contains("port " + port + " is where the router listens for HTTP");
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void a_busy_router_port_that_was_asked_for_is_an_error() throws Exception {
    sandbox.given("Procfile", "web: echo started\n");
    int taken = sandbox.port() + 300;

    try (var _ = taken(taken)) {
      Finished done = sandbox.run("start", "-p", "" + sandbox.port(), "--proxy-port", "" + taken);

      assertThat(done.err())
          .isEqualTo(
              "jlocal: port %d is in use by %s, so the router cannot listen there\n"
                      .formatted(taken, holder())
                  + "   hint: choose another with --proxy-port PORT, or --no-proxy for none\n");
      assertThat(done.status()).isEqualTo(2);
    }
  }

  @Test
  void the_usual_https_port_moves_unless_it_was_asked_for() throws Exception {
    sandbox.given("Procfile", "web: echo started\n");
    String port = "" + sandbox.port();

    try (var _ = new DefaultPort(8443)) {
      Finished unasked = sandbox.run("check", "-p", port, "--https");
      Finished asked = sandbox.run("check", "-p", port, "--https=8443");

      assertThat(unasked.out()).containsPattern("the router's HTTPS is on \\d+ instead");
      assertThat(unasked.out()).containsPattern("web would be on http://.* and https://");
      assertThat(asked.err()).contains("port 8443 is in use by ");
      assertThat(asked.status()).isEqualTo(2);
    }
  }

  @Test
  void a_busy_default_port_of_the_router_moves_it() throws Exception {
    sandbox.given("Procfile", "web: sleep 1000\n");

    try (var _ = new DefaultPort(8080)) {
      Running run = sandbox.jlocal("start", "-p", "" + sandbox.port()).until("started");

      assertThat(run.lines("manager"))
          .anyMatch(
              line -> line.matches("port 8080 is in use by .*: the router is on \\d+ instead"));
      run.stop();
    }
  }

  /** Needs root, to run as another user; otherwise {@code PortsTest} covers this. */
  @Test
  @EnabledIf("canRunAsAnotherUser")
  void a_port_below_1024_is_for_root_only() throws Exception {
    sandbox.given("Procfile", "web: echo started\n");
    new ProcessBuilder("chmod", "-R", "a+rwX", sandbox.root().getParent().toString())
        .start()
        .waitFor();
    sandbox.variable("XDG_RUNTIME_DIR", null);

    Finished done =
        sandbox
            .shell(
                "exec setpriv --reuid=65534 --regid=65534 --clear-groups '"
                    + sandbox.launcher()
                    + "' check -p 81")
            .end();

    assertThat(done.err()).startsWith("jlocal: port 81 for web.1 is for root only\n");
  }

  static boolean canRunAsAnotherUser() throws Exception {
    String ask =
        "test $(id -u) = 0 && test $(cat /proc/sys/net/ipv4/ip_unprivileged_port_start) -ge 1024"
            + " && setpriv --reuid=65534 --regid=65534 --clear-groups test -x scripts/jlocal";
    return new ProcessBuilder("sh", "-c", ask).start().waitFor() == 0;
  }
}
