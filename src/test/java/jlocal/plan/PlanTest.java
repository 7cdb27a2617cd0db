package jlocal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.config.EnvFiles;
import jlocal.formation.Formation;
import jlocal.formation.PortPlan;
import jlocal.plan.PlanRequest.Setting;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.procfile.Procfile.Command;
import jlocal.router.RouterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ports of an app and its router, on a machine where some are in use. */
class PlanTest {
  @TempDir java.nio.file.Path folder;

  /** A machine on which these ports are in use. */
  private record Busy(Set<Integer> ports) implements PortProbe {
    @Override
    public boolean isFree(int port) {
      return !ports.contains(port);
    }

    @Override
    public String reason(int port) {
      return "in use by nc (pid 7)";
    }
  }

  private static PortProbe busy(String ports) {
    return new Busy(
        Stream.of(ports.split(" "))
            .filter(port -> !port.isEmpty())
            .map(Integer::valueOf)
            .collect(Collectors.toSet()));
  }

  /** One of each type, at these ports. */
  private static Formation formation(PortPlan ports, String... types) {
    var entries = new LinkedHashMap<ProcessType, Command>();
    var counts = new LinkedHashMap<ProcessType, Integer>();
    for (String type : types) {
      entries.put(new ProcessType(type), new Command("true"));
      counts.put(new ProcessType(type), 1);
    }
    return Formation.plan(Procfile.of(entries), new LinkedHashMap<>(), counts, ports).value();
  }

  private static Setting<Integer> chosen(int port) {
    return new Setting<>(port, new Origin.CommandLine());
  }

  private static Setting<Integer> unset(int port) {
    return new Setting<>(port, new Origin.Default());
  }

  /** {@code 8443} was chosen, {@code (8443)} is the default, {@code -1} is none. */
  private static Setting<Integer> setting(String text) {
    return text.startsWith("(")
        ? unset(Integer.parseInt(text.substring(1, text.length() - 1)))
        : chosen(Integer.parseInt(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                          5000",
    "5000,                        12300",
    "5100,                        12300",
    "'5100 12400 12500',          12600",
    "5001,                        5000"
  })
  void an_app_moves_to_its_own_block_or_up_from_there_until_all_of_its_ports_are_free(
      String busy, int base) {
    PortChoice choice =
        PortChoice.of(
            new PortPlan(5000, 100),
            () -> 12_300,
            busy(busy),
            ports -> formation(ports, "web", "api"));
    assertThat(choice.ports().base()).isEqualTo(base);
    assertThat(choice.problems()).isEmpty();
    assertThat(choice.note() == null).isEqualTo(base == 5000);
  }

  @Test
  void the_note_names_the_port_and_who_has_it() {
    PortChoice choice =
        PortChoice.of(
            new PortPlan(5000, 100),
            () -> 12_300,
            busy("5100"),
            ports -> formation(ports, "web", "api"));
    assertThat(choice.note())
        .isEqualTo("port 5100 is in use by nc (pid 7): PORTs begin at 12300 instead");
  }

  @Test
  void a_block_that_may_not_move_is_an_error_for_each_busy_port() {
    PortChoice choice =
        PortChoice.of(
            new PortPlan(5000, 100),
            null,
            busy("5000 5100"),
            ports -> formation(ports, "web", "api", "log"));
    assertThat(choice.problems().stream().map(Problem::what))
        .containsExactly(
            "port 5000 for web.1 is in use by nc (pid 7)",
            "port 5100 for api.1 is in use by nc (pid 7)");
  }

  @Test
  void a_block_never_moves_beyond_the_last_port() {
    PortChoice choice =
        PortChoice.of(
            new PortPlan(65_500, 10),
            () -> 65_510,
            busy("65500"),
            ports -> formation(ports, "a", "b"));
    assertThat(choice.ports().base()).isEqualTo(65_510);
    PortChoice none =
        PortChoice.of(
            new PortPlan(65_530, 10), () -> 65_540, busy("65530"), ports -> formation(ports, "a"));
    assertThat(none.problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(8080) | -1     | ''          | 8080 -1",
        "(8080) | (8443) | ''          | 8080 8443",
        "(8080) | (8443) | 8080        | 8081 8443",
        "(8080) | (8443) | 8443        | 8080 8444",
        "(8080) | 8443   | 8443        | port 8443 is in use by nc (pid 7), so the router's HTTPS"
            + " cannot listen there",
        "8080   | -1     | 8080        | port 8080 is in use by nc (pid 7), so the router cannot"
            + " listen there",
        "(8080) | -1     | '8080 8081' | 8082 -1",
        "0      | 0      | ''          | 0 0",
        "8443   | (8443) | ''          | 8443 8444",
        "8443   | 8443   | ''          | port 8443 is where the router listens for HTTP, so the"
            + " router's HTTPS cannot listen there",
        "5000   | -1     | ''          | port 5000 is in use by web.1 of this app, so the router"
            + " cannot listen there"
      })
  void a_chosen_port_of_the_router_never_changes(
      String http, String https, String busy, String expected) {
    RouterChoice choice =
        RouterChoice.of(router(true, http, https), web(), busy(busy), port -> port + 1);
    RouterPlan plan = choice.plan();
    String found =
        plan == null ? choice.problems().getFirst().what() : plan.port() + " " + plan.httpsPort();
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  web, (8080), -1,     true",
    "false, web, (8080), (8443), false",
    "true,  api, (8080), -1,     false",
    "true,  api, 9000,   -1,     true",
    "true,  api, (8080), (8443), true",
    "false, api, 9000,   9443,   false"
  })
  void there_is_a_router_before_web_or_when_one_is_asked_for(
      boolean enabled, String type, String http, String https, boolean expected) {
    Formation formation = formation(new PortPlan(5000, 100), type);
    RouterChoice choice =
        RouterChoice.of(router(enabled, http, https), formation, busy(""), port -> port + 1);
    assertThat(choice.plan() != null).isEqualTo(expected);
  }

  private static PlanRequest.Router router(boolean enabled, String http, String https) {
    var config = RouterConfig.on(List.of("127.0.0.1"), 0);
    return new PlanRequest.Router(enabled, setting(http), setting(https), config);
  }

  private static Formation web() {
    return formation(new PortPlan(5000, 100), "web");
  }

  @ParameterizedTest
  @CsvSource({
    "3000,   PORT=6000, 7000, 3000, true",
    "5000,   PORT=6000, 7000, 5000, true",
    "(5000), PORT=6000, 7000, 6000, true",
    "(5000), A=b,       7000, 7000, true",
    "(5000), A=b,       '',   5000, false"
  })
  void the_base_is_that_of_the_strongest_origin(
      String requested, String env, String shell, int base, boolean isChosen) throws Exception {
    var file = java.nio.file.Files.writeString(folder.resolve(".env"), env + "\n");
    var vars = EnvFiles.read(List.of(file)).value();
    Setting<Integer> found =
        PortChoice.base(setting(requested), vars, Map.of("PORT", shell)).value();
    assertThat(found.value()).isEqualTo(base);
    assertThat(found.isChosen()).isEqualTo(isChosen);
  }

  @Test
  void a_base_that_is_no_port_is_an_error_with_its_place() throws Exception {
    var file = java.nio.file.Files.writeString(folder.resolve(".env"), "A=b\nPORT=x\n");
    var vars = EnvFiles.read(List.of(file)).value();
    var none = EnvFiles.readIfPresent(folder.resolve("none"), "none").value();

    assertThat(PortChoice.base(unset(5000), vars, Map.of()).problems().getFirst())
        .extracting(Problem::line, Problem::what)
        .containsExactly(2, "PORT must be a number from 1 to 65535");
    assertThat(
            PortChoice.base(unset(5000), none, Map.of("PORT", "70000"))
                .problems()
                .getFirst()
                .what())
        .isEqualTo("PORT of the environment must be a number from 1 to 65535");
  }
}
