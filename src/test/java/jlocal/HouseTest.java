package jlocal;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packages and rules of docs/architecture.md. */
@AnalyzeClasses(packages = "jlocal", importOptions = HouseTest.MainClasses.class)
@Execution(ExecutionMode.CONCURRENT)
class HouseTest {
  /** Excludes the test classes, whatever tool has compiled them. */
  static final class MainClasses implements ImportOption {
    private static final String TESTS =
        HouseTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    @Override
    public boolean includes(Location location) {
      return !location.contains(TESTS);
    }
  }

  /** The table of docs/architecture.md: a package may depend on packages above it only. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("problem", "json"),
          List.of("text", "ansi"),
          List.of("procfile", "config", "os", "convert"),
          List.of("formation", "tls", "detect"),
          List.of("process"),
          List.of("logs"),
          List.of("router"),
          List.of("terminal"),
          List.of("control"),
          List.of("plan", "doctor", "deploy"),
          List.of("app"),
          List.of(
              "watch",
              "metrics",
              "sleep",
              "releases",
              "mcp",
              "dashboard",
              "history",
              "drains",
              "names",
              "notices",
              "addons",
              "export"),
          List.of("cli"));

  /** Libraries and internal packages of the JDK, and the packages that may use them. */
  private static final Map<String, List<String>> USERS =
      Map.ofEntries(
          Map.entry("picocli..", List.of("cli")),
          Map.entry("org.zeroturnaround..", List.of("os")),
          Map.entry("java.lang.foreign..", List.of("os")),
          Map.entry("sun.misc..", List.of("os")),
          Map.entry("org.jline.jansi..", List.of("terminal")),
          Map.entry("io.undertow..", List.of("router", "dashboard")),
          Map.entry("org.xnio..", List.of("router", "dashboard")),
          Map.entry("jdk.net..", List.of("control")),
          Map.entry("org.eclipse.jgit..", List.of("watch")),
          Map.entry("eu.maveniverse..", List.of("addons")),
          Map.entry("org.eclipse.aether..", List.of("addons")),
          Map.entry("org.apache.james..", List.of("addons")),
          Map.entry("org.tukaani..", List.of("addons")));

  /** Classes that still pause a thread instead of waiting for a condition; may only shrink. */
  private static final Set<String> PAUSING =
      Set.of("jlocal.logs.LineReader", "jlocal.terminal.OutputBuffer");

  private static String in(String name) {
    return "jlocal." + name + "..";
  }

  private static DescribedPredicate<JavaClass> oneOf(Set<String> names) {
    return DescribedPredicate.describe(
        "one of " + names, type -> names.contains(type.getName().split("\\$", 2)[0]));
  }

  @ArchTest
  static void a_package_depends_on_packages_above_it_only(JavaClasses classes) {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      var others = LAYERS.subList(layer, LAYERS.size()).stream().flatMap(List::stream).toList();
      for (String name : LAYERS.get(layer)) {
        var closed = others.stream().filter(other -> !other.equals(name)).map(HouseTest::in);
        noClasses()
            .that()
            .resideInAPackage(in(name))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(closed.toArray(String[]::new))
            .allowEmptyShould(true)
            .check(classes);
      }
    }
  }

  @ArchTest
  static void a_library_is_used_by_its_packages_only(JavaClasses classes) {
    USERS.forEach((library, users) ->
        noClasses()
            .that()
            .resideOutsideOfPackages(users.stream().map(HouseTest::in).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .check(classes));
  }

  @ArchTest
  static final ArchRule every_class_is_in_a_listed_package =
      classes()
          .should()
          .resideInAnyPackage(
              LAYERS.stream().flatMap(List::stream).map(HouseTest::in).toArray(String[]::new));

  @ArchTest
  static final ArchRule no_cycles = slices().matching("jlocal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_os_makes_processes =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("os"))
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.ProcessBuilder");

  @ArchTest
  static final ArchRule only_main_exits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("jlocal.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule only_cli_prints =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("cli"))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule threads_wait_for_conditions_and_never_sleep =
      noClasses()
          .that(not(oneOf(PAUSING)))
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "onSpinWait")
          .orShould()
          .callMethod(Thread.class, "yield")
          .orShould()
          .callMethodWhere(target(name("parkUntil")))
          .orShould()
          .callMethod(LockSupport.class, "parkNanos", long.class)
          .orShould()
          .callMethod(LockSupport.class, "parkNanos", Object.class, long.class);

  @ArchTest
  static final ArchRule private_members_of_others_stay_private =
      noClasses()
          .should()
          .callMethodWhere(target(name("setAccessible")))
          .orShould()
          .callMethodWhere(target(name("privateLookupIn")));

  @Test
  void no_package_of_the_jdk_is_opened() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .doesNotContain("Add-Opens", "--add-opens=java.base");
  }
}
