package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.app.AppPlan;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.plan.PlanRequest;
import jlocal.plan.RouterPlan;
import jlocal.problem.Origin;
import jlocal.problem.UserError;
import jlocal.process.ExitPolicy;
import jlocal.process.RestartPolicy;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig;
import jlocal.router.RouterConfig.RequestLog;
import jlocal.terminal.LogFormat;
import jlocal.terminal.When;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartOptionsTest {

  private static final List<String> LOCALHOST = List.of("127.0.0.1", "::1");

  static Stream<Arguments> whatRuns() {
    return Stream.of(
        line("", o -> o.request().app().procfile(), Path.of("Procfile")),
        line("-f x/P", o -> o.request().app().procfile(), Path.of("x/P")),
        line("-f x/P", o -> o.request().app().root(), Path.of("x")),
        line("-j P", o -> o.request().app().procfile(), Path.of("P")),
        line("--procfile=P", o -> o.request().app().procfile(), Path.of("P")),
        line("-f P -f Q", o -> o.request().app().procfile(), Path.of("Q")),
        line("-d r", o -> o.request().app().procfile(), Path.of("r/Procfile")),
        line(
            "-d r -f P",
            o -> o.request().app(),
            new PlanRequest.App(Path.of("P"), Path.of("r"), List.of())),
        line("-e a,b --env c", o -> o.request().app().envFiles(), paths("a", "b", "c")));
  }

  static Stream<Arguments> ports() {
    return Stream.of(
        line("-p 3000", o -> o.request().ports().base(), chosen(3000)),
        line("-p3000", o -> o.request().ports().strict(), true),
        line("", o -> o.request().ports().base(), unset(5000)),
        line("", o -> o.request().ports().step(), 100),
        line("", o -> o.request().ports().strict(), false),
        line("--port-step 10", o -> o.request().ports().step(), 10),
        line("--strict-port", o -> o.request().ports().strict(), true),
        line("--strict-port --no-strict-port", o -> o.request().ports().strict(), false),
        line(
            "",
            o -> o.request().router(),
            new PlanRequest.Router(
                true, unset(8080), unset(RouterPlan.NO_HTTPS), RouterConfig.on(LOCALHOST, 8080))),
        line("--https", o -> o.request().router().httpsPort(), unset(8443)),
        line("--https web", o -> o.request().router().httpsPort(), unset(8443)),
        line("--https 8443", o -> o.request().router().httpsPort(), chosen(8443)),
        line("--https=8443", o -> o.request().router().httpsPort(), chosen(8443)),
        line("--https=on", o -> o.request().router().httpsPort(), unset(8443)),
        line("--https 9443", o -> o.request().router().httpsPort(), chosen(9443)),
        line("--https=9443", o -> o.request().router().httpsPort(), chosen(9443)),
        line(
            "--https --no-https",
            o -> o.request().router().httpsPort(),
            chosen(RouterPlan.NO_HTTPS)),
        line("--shell /bin/dash", o -> "" + o.request().shell(), "/bin/dash"),
        line("--no-path", o -> o.request().addToolPath(), false),
        line("", o -> o.request().addToolPath(), true));
  }

  static Stream<Arguments> router() {
    return Stream.of(
        line("--sticky", o -> o.request().router().config().sticky(), true),
        line("--router-log=path", o -> o.request().router().config().requestLog(), RequestLog.PATH),
        line(
            "--boot-timeout 5",
            o -> o.request().router().config().timeouts().boot(),
            Duration.ofSeconds(5)),
        line(
            "--request-timeout 0",
            o -> o.request().router().config().timeouts().response(),
            Duration.ZERO),
        line("--proxy-port 0", o -> o.request().router().port(), chosen(0)),
        line("--proxy 9000", o -> o.request().router().port().isChosen(), true),
        line("--proxy-port 8080", o -> o.request().router().port().isChosen(), true),
        line("-p 5000", o -> o.request().ports().strict(), true),
        line("--no-proxy", o -> o.request().router().enabled(), false),
        line("--host 0.0.0.0", o -> o.request().router().config().hosts(), List.of("0.0.0.0")),
        line("--host ::", o -> o.request().router().config().hosts(), List.of("::")),
        line("--host 127.0.0.1", o -> o.request().router().config().hosts(), List.of("127.0.0.1")),
        line(
            "--host [::ffff:127.0.0.1]",
            o -> o.request().router().config().hosts(),
            List.of("::ffff:127.0.0.1")),
        line("--host localhost", o -> o.request().router().config().hosts(), LOCALHOST),
        line("--no-router-log", o -> o.request().router().config().requestLog(), RequestLog.OFF));
  }

  static Stream<Arguments> lifeAndLog() {
    return Stream.of(
        line("-t 2", o -> o.values().get("--timeout"), Duration.ofSeconds(2)),
        line("-t 0.25", o -> o.values().get("--timeout"), Duration.ofMillis(250)),
        line("-t 0", o -> o.values().get("--timeout"), Duration.ZERO),
        line("", o -> o.values().get("--timeout"), Duration.ofSeconds(5)),
        line("", o -> o.restart(), RestartPolicy.ON_CRASH),
        line("--restart Always", o -> o.restart(), RestartPolicy.ALWAYS),
        line("--on-exit stop", o -> o.onExit(), ExitPolicy.OnExit.STOP),
        line("--on-exit stop --can-die a,b", o -> names(o.canDie()), "a b"),
        line("--ci", o -> o.isCi(), true),
        line("", o -> o.values().get("--color"), When.AUTO),
        line("", o -> o.log().form(), LogFormat.Text.plain(false)),
        line("", o -> o.values().get("--tty"), When.AUTO),
        line("", o -> o.values().get("--log-buffer"), 1500),
        line("--color never", o -> o.values().get("--color"), When.NEVER),
        line("--color=always", o -> o.values().get("--color"), When.ALWAYS),
        line("--color", o -> o.values().get("--color"), When.ALWAYS),
        line("--color web", o -> names(o.request().scale().counts().keySet()), "web"),
        line("--color -p 1", o -> o.values().get("--color"), When.ALWAYS),
        line("--color never --no-color --color", o -> o.values().get("--color"), When.ALWAYS),
        line("--color --no-color", o -> o.values().get("--color"), When.NEVER),
        line("--timestamp --timestamp", o -> o.values().is("--timestamp"), true),
        line(
            "--no-prefix --raw --color",
            o -> o.log().form(),
            new LogFormat.Text(true, false, false, true)),
        line("--timestamp", o -> o.log().prefixColumns(7), 19),
        line("--no-prefix", o -> o.log().prefixColumns(7), 0),
        line("--log-format json", o -> o.log().form(), new LogFormat.Json()),
        line("--hide web,router --hide a", o -> o.log().hidden(), Set.of("web", "router", "a")),
        line("--log-dir d", o -> files(o), new AppPlan.Files(Path.of("d"), Rotation.DEFAULT)),
        line(
            "--log-dir d --log-size 1 --log-keep 0",
            o -> files(o),
            new AppPlan.Files(Path.of("d"), new Rotation(1_000_000, 0))),
        line("--log-buffer 9", o -> o.values().get("--log-buffer"), 9));
  }

  private static PlanRequest.Setting<Integer> chosen(int port) {
    return new PlanRequest.Setting<>(port, new Origin.CommandLine());
  }

  private static PlanRequest.Setting<Integer> unset(int port) {
    return new PlanRequest.Setting<>(port, new Origin.Default());
  }

  private static Arguments line(String args, Function<StartOptions, Object> part, Object value) {
    return Arguments.of(args, part, value);
  }

  private static Object files(StartOptions options) {
    return Objects.requireNonNull(options.log().files());
  }

  private static List<Path> paths(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }

  private static String names(java.util.Collection<ProcessType> types) {
    return types.stream().map(ProcessType::name).collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "start {0}")
  @MethodSource({"whatRuns", "ports", "router", "lifeAndLog"})
  void an_option_means_one_thing(String args, Function<StartOptions, Object> part, Object value)
      throws UserError {
    assertThat(part.apply(Typed.start(args))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                 | {} others 1",
        "-m web=2           | {web=2} others 1",
        "-c web=2           | {web=2} others 1",
        "--concurrency web=2| {web=2} others 1",
        "--scale web=2      | {web=2} others 1",
        "-m web=2 -m b=3    | {web=2, b=3} others 1",
        "web worker=2       | {web=1, worker=2} others 0",
        "web=2,worker       | {web=2, worker=1} others 0",
        "-m web=3 web       | {web=3} others 0",
        "web -p 1 worker    | {web=1, worker=1} others 0",
        "-x a,b -x c        | {a=0, b=0, c=0} others 1",
        "-m a=2,b=2 -x a    | {a=0, b=2} others 1"
      })
  void types_and_counts_make_the_scale(String args, String scale) throws UserError {
    var made = Typed.start(args).request().scale();
    assertThat(made.counts() + " others " + made.others()).isEqualTo(scale);
  }

  @Test
  void a_type_asked_for_starts_even_if_a_setting_leaves_it_out() throws UserError {
    var typed = Typed.start("web", Map.of("JLOCAL_EXCEPT", "web"), Typed.HERE);
    assertThat(names(typed.options().request().scale().counts().keySet())).isEqualTo("web");
  }

  @Test
  void a_router_port_asked_for_overrules_a_setting_that_has_no_router() throws UserError {
    var environment = Map.of("JLOCAL_NO_PROXY", "1");
    assertThat(Typed.start("", environment, Typed.HERE).options().request().router().enabled())
        .isFalse();
    assertThat(
            Typed.start("--proxy-port 1", environment, Typed.HERE)
                .options()
                .request()
                .router()
                .enabled())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--log-format json --raw      | --raw has no effect with --log-format json",
        "--log-format json --no-prefix| --no-prefix has no effect with --log-format json",
        "--log-format json --timestamp| --timestamp has no effect with --log-format json",
        "--raw --trim                 | --trim has no effect with --raw",
        "--log-size 5                 | --log-size has no effect without --log-dir",
        "--log-keep 5                 | --log-keep has no effect without --log-dir",
      })
  void options_without_effect_are_reported(String args, String warning) throws UserError {
    assertThat(Typed.start(args, Map.of(), Typed.HERE).warnings())
        .extracting(Object::toString)
        .containsExactly("jlocal: warning: " + warning);
  }

  @Test
  void a_setting_for_other_calls_is_no_reason_to_warn() throws UserError {
    var settings = Map.of("JLOCAL_RAW", "1", "JLOCAL_LOG_SIZE", "5");
    assertThat(Typed.start("--log-format json", settings, Typed.HERE).warnings()).isEmpty();
  }

  @Test
  void can_die_without_on_exit_stop_is_pointed_out() throws UserError {
    assertThat(Typed.start("--can-die web", Map.of(), Typed.HERE).warnings())
        .extracting(Object::toString)
        .containsExactly("jlocal: warning: --can-die has no effect without --on-exit stop");
  }
}
