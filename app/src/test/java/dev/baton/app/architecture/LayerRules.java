package dev.baton.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. */
final class LayerRules {
  static final List<Rule> ALL =
      List.of(
          Rule.of("1 the core knows no technology", LayerRules::pureCore, "core.usecase.UsesJson"),
          Rule.of(
              "2 the domain knows neither ports nor use cases",
              LayerRules::domain,
              "core.domain.task.KnowsPort"),
          Rule.of(
              "3 ports know neither use cases nor loops",
              LayerRules::port,
              "core.port.PortAsClass"),
          Rule.of("3 use cases know no loops", LayerRules::usecase, "core.usecase.KnowsRuntime"),
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
              "http.in.bridge.KnowsOtherDialect"),
          Rule.of(
              "6 answering and calling know nothing of each other",
              LayerRules::directions,
              "http.in.bridge.KnowsOut",
              "http.out.client.KnowsIn"),
          Rule.of(
              "9 packages have no cycles", LayerRules::cycles, "cli.task.Ring", "cli.shared.Ring"),
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
        .resideInAnyPackage(house.inAny("core.port", "core.usecase", "core.runtime"))
        .because("the words of the domain must be readable on their own");
  }

  private static ArchRule port(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("core.port"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(house.inAny("core.usecase", "core.runtime"))
        .because("a port promises something to a use case and need not know why");
  }

  private static ArchRule usecase(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.in("core.usecase"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(house.in("core.runtime"))
        .because("a use case happens when it is called; loops call it");
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
        .resideInAnyPackage(house.inAny(others));
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
            DescribedPredicate.alwaysTrue(), resideInAPackage(house.in("http.in.server")))
        .because("what two dialects would both decide belongs in the core");
  }

  private static ArchRule directions(House house) {
    String because = "a client and a server of one protocol share its document and no code";
    return CompositeArchRule.of(
        List.of(
            apart(house, "http.in", "http.out").because(because),
            apart(house, "http.out", "http.in").because(because)));
  }

  private static ArchRule cycles(House house) {
    return slices()
        .matching(house.root() + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a ring can only be understood all at once");
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
