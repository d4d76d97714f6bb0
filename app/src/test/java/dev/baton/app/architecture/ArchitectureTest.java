package dev.baton.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules hold, each of them bites, and what they name is there. */
final class ArchitectureTest {
  /** The driven ports; the interfaces of rows, and the transaction, are parts of the store. */
  private static final List<String> PORTS =
      List.of(
          "dev.baton.core.port.Store",
          "dev.baton.core.client.TaskClient",
          "dev.baton.core.client.AdminClient",
          "dev.baton.core.client.BatchClient",
          "dev.baton.core.client.WebhookClient",
          "dev.baton.core.client.ScheduleClient",
          "dev.baton.core.port.Maintenance",
          "dev.baton.core.port.BatchFiles",
          "dev.baton.core.port.ModelClient",
          "dev.baton.core.port.WebhookSender");

  private static final Set<String> ROOMS_OF_PORTS =
      Set.of("dev.baton.core.port", "dev.baton.core.client");

  private static final Set<String> PARTS_OF_PORTS =
      Set.of(
          "dev.baton.core.client.BatonClient",
          "dev.baton.core.port.AnswerRows",
          "dev.baton.core.port.BatchInput",
          "dev.baton.core.port.BatchOutput",
          "dev.baton.core.port.BatchRows",
          "dev.baton.core.port.CountRows",
          "dev.baton.core.port.EventRows",
          "dev.baton.core.port.GateRows",
          "dev.baton.core.port.KeyRows",
          "dev.baton.core.port.ModelOutcome",
          "dev.baton.core.port.PauseRows",
          "dev.baton.core.port.QueueRows",
          "dev.baton.core.port.ScheduleRows",
          "dev.baton.core.port.StatRows",
          "dev.baton.core.port.TaskPages",
          "dev.baton.core.port.Removals",
          "dev.baton.core.port.RequestRows",
          "dev.baton.core.port.TaskRows",
          "dev.baton.core.port.Transaction",
          "dev.baton.core.port.WebhookRows");

  /** Refuses every call: it is wired where a document is written and nothing is kept. */
  private static final Set<String> KEEPS_NOTHING =
      Set.of(
          "dev.baton.app.NoStore",
          "dev.baton.app.bench.InstantModelClient",
          "dev.baton.core.NoBatchFiles");

  static Stream<Rule> rules() {
    return Stream.of(LayerRules.ALL, TechnologyRules.ALL, PurityRules.ALL, ShapeRules.ALL)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRule_holds(Rule rule) {
    List<String> report =
        rule.in(House.system()).evaluate(Codebase.SYSTEM).getFailureReport().getDetails();
    Predicate<String> known = line -> Known.of(rule).stream().anyMatch(part -> line.contains(part));

    assertThat(report).filteredOn(known.negate()).isEmpty();
    assertThat(Known.of(rule))
        .as("violations that are gone and must leave the list")
        .allMatch(part -> report.stream().anyMatch(line -> line.contains(part)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRule_namesItsOffenders(Rule rule) {
    House house = House.offenders();

    List<String> report =
        rule.in(house).evaluate(Codebase.OFFENDERS).getFailureReport().getDetails();

    assertThat(rule.offenders()).isNotEmpty();
    assertThat(rule.offenders())
        .allSatisfy(
            offender ->
                assertThat(report)
                    .anySatisfy(line -> assertThat(line).contains(house.type(offender))));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRule_givesAReason(Rule rule) {
    assertThat(rule.in(House.system()).getDescription()).contains("because");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatARuleNames_isThere(Rule rule) {
    House house = House.system();
    rule.in(house);

    assertThat(house.namedRooms())
        .allSatisfy(room -> assertThat(packages(Codebase.SYSTEM)).anyMatch(isIn(room)));
    assertThat(house.namedForeign()).allSatisfy(ArchitectureTest::assertPresent);
  }

  @Test
  void everyDrivenPort_isNamed() {
    Stream<String> ports =
        Codebase.SYSTEM.stream()
            .filter(type -> ROOMS_OF_PORTS.contains(type.getPackageName()))
            .filter(type -> type.isTopLevelClass() && type.isInterface())
            .map(JavaClass::getName)
            .filter(name -> !name.endsWith("package-info") && !PARTS_OF_PORTS.contains(name));

    assertThat(ports).containsExactlyInAnyOrderElementsOf(PORTS);
  }

  @Test
  void everyDrivenPort_hasAContract_thatEveryImplementationKeeps() {
    assertThat(new Contracts(Codebase.SYSTEM, Codebase.TESTS).missing(PORTS, KEEPS_NOTHING))
        .isEmpty();
  }

  /**
   * Each store extends two suites, so that a contract which is not in one of them binds no store.
   */
  @ParameterizedTest
  @CsvSource({
    "dev.baton.core.port.StoreContract, dev.baton.core.port.StoreFixture",
    "dev.baton.core.LifecycleContract, dev.baton.core.usecase.task.LifecycleFixture"
  })
  void everyContractOfAStore_isAGroupOfItsSuite(String suite, String fixture) {
    assertThat(Codebase.TESTS.contain(suite) && Codebase.TESTS.contain(fixture)).isTrue();
    assertThat(new Contracts(Codebase.SYSTEM, Codebase.TESTS).ungrouped(suite, fixture)).isEmpty();
  }

  @Test
  void everyPartOfATransaction_hasAContract() {
    assertThat(Codebase.SYSTEM.get("dev.baton.core.port.Transaction").getMethods())
        .extracting(JavaMethod::getRawReturnType)
        .filteredOn(JavaClass::isInterface)
        .hasSizeGreaterThan(10)
        .allMatch(part -> Codebase.TESTS.contain(part.getName() + "Contract"));
  }

  @Test
  void aContractThatIsNoGroup_isFound() {
    String port = Codebase.OFFENDERS_ROOT + ".core.port.";
    Contracts contracts = new Contracts(Codebase.OFFENDERS, Codebase.OFFENDERS);

    assertThat(contracts.ungrouped(port + "PromisedContract", port + "PromisedFixture"))
        .containsExactly(port + "ForgottenContract");
  }

  @Test
  void aPortWithoutAContract_andAnImplementationWithoutATest_areFound() {
    String port = Codebase.OFFENDERS_ROOT + ".core.port.";
    Contracts contracts = new Contracts(Codebase.OFFENDERS, Codebase.OFFENDERS);

    assertThat(contracts.missing(List.of(port + "Unpromised", port + "Promised"), Set.of()))
        .containsExactly(
            port + "Unpromised has no contract",
            Codebase.OFFENDERS_ROOT
                + ".persistence.sql.Untested has no test that extends "
                + port
                + "PromisedContract");
  }

  @Test
  void everyListedEntry_isThere() {
    assertThat(ShapeRules.ENTRIES)
        .allMatch(name -> Codebase.SYSTEM.contain(Codebase.ROOT + "." + name));
  }

  @Test
  void everyModule_isRead() {
    for (String module : List.of("core", "persistence", "http", "cli", "app")) {
      classes()
          .that()
          .resideInAPackage(Codebase.ROOT + "." + module + "..")
          .should()
          .resideInAPackage(Codebase.ROOT + "..")
          .allowEmptyShould(false)
          .check(Codebase.SYSTEM);
    }
  }

  private static Set<String> packages(JavaClasses classes) {
    return classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
  }

  private static Predicate<String> isIn(String room) {
    return name -> name.equals(room) || name.startsWith(room + ".");
  }

  private static void assertPresent(String name) {
    boolean inPlatform =
        ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream())
            .anyMatch(isIn(name));
    boolean inLibrary =
        ArchitectureTest.class.getClassLoader().getResource(name.replace('.', '/') + "/") != null;
    assertThat(inPlatform || inLibrary).as("package %s", name).isTrue();
  }
}
