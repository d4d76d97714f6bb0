package dev.baton.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. */
final class LayerRules {
  /** Which rooms of use cases each may know. */
  private static final Map<String, Set<String>> USE_CASES =
      Map.of(
          "idempotency", Set.of(),
          "task", Set.of("idempotency"),
          "model", Set.of("task"),
          "batch", Set.of("model", "task", "idempotency"),
          "schedule", Set.of("batch", "model", "task"),
          "insight", Set.of("task", "model", "batch"),
          "upkeep", Set.of("task", "model", "batch", "insight", "idempotency"),
          "webhook", Set.of());

  /** Which resources of the runner each may know. */
  private static final Map<String, Set<String>> RESOURCES =
      Map.of(
          "shared", Set.of(),
          "task", Set.of("shared"),
          "batch", Set.of("task", "shared"),
          "schedule", Set.of("batch", "task", "shared"),
          "webhook", Set.of("shared"),
          "operations", Set.of("shared"));

  static final List<Rule> ALL =
      List.of(
          Rule.of(
              "1 the core knows no technology", LayerRules::pureCore, "core.usecase.task.UsesJson"),
          Rule.of(
              "2 the domain knows neither ports nor use cases",
              LayerRules::domain,
              "core.domain.task.KnowsPort"),
          Rule.of(
              "3 ports know neither use cases nor loops",
              LayerRules::port,
              "core.port.PortAsClass"),
          Rule.of(
              "3 clocks and threads know nothing of what uses them",
              LayerRules::runtime,
              "core.runtime.KnowsUseCase"),
          Rule.of(
              "3 clients and use cases know nothing of each other",
              LayerRules::clients,
              "core.client.KnowsServer",
              "core.usecase.task.KnowsClient"),
          Rule.of(
              "3 use cases reach down only",
              LayerRules::useCases,
              "core.usecase.task.ReachesUp",
              "core.usecase.webhook.KnowsTasks"),
          Rule.of(
              "3 use cases are made in the core and by the wiring",
              LayerRules::makers,
              "http.in.bridge.MakesUseCase"),
          Rule.of(
              "4 no adapter knows another",
              LayerRules::adapters,
              "http.in.bridge.KnowsPersistence",
              "persistence.sql.KnowsCommands",
              "cli.task.KnowsHttp"),
          Rule.of("4 nothing knows the wiring", LayerRules::app, "http.in.bridge.KnowsApp"),
          Rule.of(
              "5 no dialect knows another",
              LayerRules::dialects,
              "http.in.bridge.KnowsOtherDialect",
              "http.in.bridge.BorrowsWireRecord"),
          Rule.of(
              "5 a dialect answers a request and knows no connection",
              LayerRules::transport,
              "http.in.bridge.KnowsTransport"),
          Rule.of(
              "5 the runner's resources reach down only",
              LayerRules::resources,
              "http.in.runner.task.ReachesUp",
              "http.in.runner.webhook.KnowsTasks"),
          Rule.of(
              "6 answering and calling know nothing of each other",
              LayerRules::directions,
              "http.in.bridge.KnowsOut",
              "http.out.client.KnowsIn"),
          Rule.of("9 packages have no cycles", LayerRules::packageCycles, "cli.task", "cli.shared"),
          Rule.of(
              "9 classes of a package have no cycles",
              LayerRules::classCycles,
              "persistence.sql.First",
              "persistence.sql.Second"),
          Rule.of("packages are null-marked", LayerRules::nullMarked, "unmarked.Forgotten"));

  private LayerRules() {}

  private static ArchRule pureCore(House house) {
    return classes()
        .that()
        .resideInAPackage(house.in("core"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            house.in("core"),
            house.foreign("java"),
            house.foreign("com.google.common"),
            house.foreign("org.jspecify"),
            house.foreign("com.google.errorprone.annotations"))
        .because("an embedder gets exactly the technologies it chose");
  }

  private static ArchRule domain(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("core.domain"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            house.inAny("core.rows", "core.port", "core.client", "core.usecase", "core.runtime"))
        .because("the words of the domain must be readable on their own");
  }

  private static ArchRule port(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("core.port"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(house.inAny("core.client", "core.usecase", "core.runtime"))
        .because("a port promises something to a use case and need not know why");
  }

  private static ArchRule runtime(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("core.runtime"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(house.inAny("core.port", "core.client", "core.usecase"))
        .because("a clock or a thread serves whoever is handed it");
  }

  private static ArchRule clients(House house) {
    String because = "a client must also work when what answers it is in another process";
    return CompositeArchRule.of(
        List.of(
            apart(house, "core.client", "core.usecase", "core.runtime").because(because),
            apart(house, "core.usecase", "core.client").because(because)));
  }

  private static ArchRule useCases(House house) {
    return floors(house, "core.usecase", USE_CASES)
        .because("a capability that others build on must be readable, and usable, without them");
  }

  private static ArchRule resources(House house) {
    return floors(house, "http.in.runner", RESOURCES)
        .because("a resource that others build on must be readable without them");
  }

  /** Each room knows those of its list and no other room beside it. */
  private static ArchRule floors(House house, String parent, Map<String, Set<String>> rooms) {
    return CompositeArchRule.of(
        rooms.keySet().stream()
            .map(room -> apart(house, parent + "." + room, closed(parent, rooms, room)))
            .toList());
  }

  private static String[] closed(String parent, Map<String, Set<String>> rooms, String room) {
    Set<String> known = rooms.getOrDefault(room, Set.of());
    return rooms.keySet().stream()
        .filter(other -> !other.equals(room) && !known.contains(other))
        .map(other -> parent + "." + other)
        .toArray(String[]::new);
  }

  private static ArchRule makers(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(house.inAny("core", "app"))
        .should()
        .callConstructorWhere(makesUseCase(house))
        .because("an adapter is handed its use cases, so that all of them share one of each");
  }

  private static DescribedPredicate<JavaConstructorCall> makesUseCase(House house) {
    DescribedPredicate<JavaClass> inUseCases = resideInAPackage(house.in("core.usecase"));
    // Records of that package are what callers ask with.
    return DescribedPredicate.describe(
        "the class is a use case",
        call -> inUseCases.test(call.getTargetOwner()) && !call.getTargetOwner().isRecord());
  }

  private static ArchRule adapters(House house) {
    String because = "each adapter must be usable, and replaceable, without the others";
    return CompositeArchRule.of(
        List.of(
            apart(house, "http", "persistence", "cli").because(because),
            apart(house, "persistence", "http", "cli").because(because),
            apart(house, "cli", "http", "persistence").because(because)));
  }

  private static ArchRule apart(House house, String one, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(house.in(one))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(house.inAny(others))
        .allowEmptyShould(true);
  }

  private static ArchRule app(House house) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(house.in("app"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(house.in("app"))
        .because("only the wiring knows which parts there are");
  }

  private static ArchRule dialects(House house) {
    return slices()
        .matching(house.exactly("http.in") + ".(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            resideInAnyPackage(house.inAny("http.in.api", "http.in.json", "http.in.transport")))
        .because("what two dialects would both decide belongs in the core");
  }

  private static ArchRule transport(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("http.in"))
        .and()
        // The figures of the transport are among those that operations show.
        .resideOutsideOfPackages(house.inAny("http.in.transport", "http.in.ops"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(house.in("http.in.transport"))
        .because(
            "a function from a request to a reply can be tested, and called, without a socket");
  }

  private static ArchRule directions(House house) {
    String because = "a client and a server of one protocol share its document and no code";
    return CompositeArchRule.of(
        List.of(
            apart(house, "http.in", "http.out").because(because),
            apart(house, "http.out", "http.in").because(because)));
  }

  private static ArchRule packageCycles(House house) {
    return classes()
        .that()
        .resideInAPackage(house.root() + "..")
        .should(Cycles.ofPackages())
        .because("packages in a ring can only be understood all at once");
  }

  private static ArchRule classCycles(House house) {
    return classes()
        .that()
        .resideInAPackage(house.root() + "..")
        .should(Cycles.ofClasses())
        .because("classes in a ring can only be understood, and made, all at once");
  }

  private static ArchRule nullMarked(House house) {
    return classes()
        .that()
        .resideInAPackage(house.root() + "..")
        .should(Conditions.beTrue("be in a null-marked package", LayerRules::isMarked))
        .because("NullAway looks only into marked packages");
  }

  private static boolean isMarked(JavaClass type) {
    return type.getPackage().isAnnotatedWith(NullMarked.class);
  }
}
