package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses ports below 1024, which no app on this machine has. */
class PortReservationsTest {
  @TempDir Path temp;

  private Map<String, String> environment() {
    return Map.of("XDG_RUNTIME_DIR", temp.toString());
  }

  private AppKey app(String name) {
    return AppKey.of(temp.resolve(name), temp.resolve(name).resolve("Procfile"));
  }

  private AppLock appLock(String name) throws Exception {
    return AppLock.take(ControlFolder.open(environment()), app(name));
  }

  private PortReservations ports(String name, @Nullable AppLock appLock) {
    return new PortReservations(app(name), appLock, environment());
  }

  private static void reserve(PortReservations ports, int port, String who) {
    int _ = ports.choose(_ -> port, chosen -> Map.of(chosen, who));
  }

  private @Nullable String seen(int port) {
    return ports("other", null).choose(reserved -> "" + reserved.apply(port), _ -> Map.of());
  }

  @Test
  void a_reserved_port_is_known_to_others_until_its_app_ends() throws Exception {
    try (AppLock appLock = appLock("shop")) {
      var ports = ports("shop", appLock);
      reserve(ports, 1, "web.1");
      reserve(ports, 2, "web.2");

      assertThat(seen(1)).isEqualTo("web.1 of " + temp.resolve("shop"));
      assertThat(seen(2)).isEqualTo("web.2 of " + temp.resolve("shop"));
      assertThat(seen(3)).isEqualTo("null");
      assertThat(ports("shop", null).<String>choose(of -> "" + of.apply(1), _ -> Map.of()))
          .as("its own")
          .isEqualTo("null");
    }
    assertThat(seen(1)).isEqualTo("null");
  }

  @Test
  void reservations_of_a_killed_app_are_free() throws Exception {
    Path folder = ControlFolder.open(environment());
    Files.writeString(folder.resolve("0-0.lock"), "4711\n5000 web.1 of /gone\n");

    assertThat(seen(1)).isEqualTo("null");
  }

  @Test
  void invalid_reservations_are_skipped() throws Exception {
    try (AppLock appLock = appLock("shop")) {
      appLock.publish(java.util.List.of("", "x", "99999999999 web.1", "1", "2 web.1"));

      assertThat(seen(1)).isEqualTo("null");
      assertThat(seen(2)).isEqualTo("web.1");
    }
  }

  @Test
  void many_apps_that_start_at_once_get_different_ports() throws Exception {
    int apps = 12;
    var locks = new ArrayList<AppLock>();
    var chosen = new ArrayList<Future<Integer>>();
    for (int i = 0; i < apps; i++) locks.add(appLock("app" + i));
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < apps; i++) {
        PortReservations ports = ports("app" + i, locks.get(i));
        chosen.add(all.submit((Callable<Integer>) () -> firstFree(ports)));
      }
    }
    var different = new java.util.TreeSet<Integer>();
    for (Future<Integer> port : chosen) different.add(port.get());
    for (AppLock appLock : locks) appLock.close();
    assertThat(different).hasSize(apps);
  }

  private static int firstFree(PortReservations ports) {
    return ports.choose(
        reserved -> {
          int port = 5000;
          while (reserved.apply(port) != null) port++;
          return port;
        },
        port -> Map.of(port, "web.1"));
  }
}
