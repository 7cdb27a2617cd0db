package jlocal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;

/** The floor plan of docs/architecture.md, kept true. */
@AnalyzeClasses(packages = "jlocal", importOptions = HouseTest.MainClasses.class)
class HouseTest {
  /** All but the folder of the test classes, whatever tool has compiled them. */
  static final class MainClasses implements ImportOption {
    private static final String TESTS =
        HouseTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    @Override
    public boolean includes(Location location) {
      return !location.contains(TESTS);
    }
  }

  /** Rooms in the order data flows. A room knows earlier floors only, never its neighbours. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("problem", "json"),
          List.of("text"),
          List.of("procfile", "config", "os"),
          List.of("formation", "tls"),
          List.of("process"),
          List.of("logs"),
          List.of("router"),
          List.of("terminal"),
          List.of("control"),
          List.of("plan"),
          List.of("app"),
          List.of("cli"));

  /** Outside libraries and corners of the JDK, and the rooms that may touch them. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "picocli..", List.of("cli"),
          "io.github.cdimascio..", List.of("config"),
          "org.zeroturnaround..", List.of("os", "tls"),
          "java.lang.foreign..", List.of("os"),
          "sun.misc..", List.of("os"),
          "org.jline.jansi..", List.of("terminal"),
          "io.undertow..", List.of("router"),
          "org.xnio..", List.of("router"),
          "jdk.net..", List.of("control"));

  private static String in(String room) {
    return "jlocal." + room + "..";
  }

  @ArchTest
  static void a_room_knows_earlier_floors_only(JavaClasses house) {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      var notBelow = FLOORS.subList(floor, FLOORS.size()).stream().flatMap(List::stream).toList();
      for (String room : FLOORS.get(floor)) {
        var closed = notBelow.stream().filter(r -> !r.equals(room)).map(HouseTest::in);
        noClasses()
            .that()
            .resideInAPackage(in(room))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(closed.toArray(String[]::new))
            .allowEmptyShould(true)
            .check(house);
      }
    }
  }

  @ArchTest
  static void each_library_has_its_door(JavaClasses house) {
    DOORS.forEach((library, rooms) ->
        noClasses()
            .that()
            .resideOutsideOfPackages(rooms.stream().map(HouseTest::in).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .check(house));
  }

  @ArchTest
  static final ArchRule every_class_lives_in_a_room =
      classes()
          .should()
          .resideInAnyPackage(
              FLOORS.stream().flatMap(List::stream).map(HouseTest::in).toArray(String[]::new));

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
  static final ArchRule nobody_sleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class);
}
