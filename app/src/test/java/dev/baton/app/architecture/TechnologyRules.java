package dev.baton.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

/**
 * Where each technology may be used. What javac inlines, such as another library's string
 * constants, leaves no trace in a class file: there the modules are the wall.
 */
final class TechnologyRules {
  static final List<Rule> ALL =
      List.of(
          Rule.of(
              "7 Undertow stays in the transport",
              house -> staysIn(house, List.of("io.undertow", "org.xnio"), "http.in.transport"),
              "http.in.bridge.UsesUndertow"),
          Rule.of(
              "7 Jdbi stays in the stores",
              house -> staysIn(house, List.of("org.jdbi"), "persistence"),
              "http.in.ops.UsesJdbi"),
          Rule.of(
              "7 JDBC stays in the stores and in what they are measured by",
              house ->
                  staysIn(house, List.of("java.sql", "org.sqlite"), "persistence", "app.bench"),
              "http.in.ops.UsesJdbc"),
          Rule.of(
              "7 picocli stays in the command line",
              house -> staysIn(house, List.of("picocli", "me.tongfei"), "cli"),
              "http.in.ops.UsesPicocli"),
          Rule.of(
              "7 Jackson is neither in the core nor where SQL is",
              house ->
                  staysIn(
                      house,
                      List.of("com.fasterxml.jackson"),
                      "http",
                      "cli",
                      "app",
                      "persistence.file"),
              "core.usecase.task.UsesJson"),
          Rule.of(
              "7 only http.out calls over HTTP",
              house -> staysIn(house, List.of("java.net.http"), "http.out"),
              "persistence.sql.UsesHttpClient"),
          Rule.of(
              "7 Apache HttpClient stays behind the guard of addresses",
              house -> staysIn(house, List.of("org.apache.hc"), "http.out.upstream"),
              "http.in.bridge.UsesHttpClient5"),
          Rule.of(
              "7 Micrometer stays with operations",
              house -> staysIn(house, List.of("io.micrometer"), "http.in.ops"),
              "http.in.bridge.UsesMicrometer"),
          Rule.of(
              "7 the logging library stays in the wiring",
              house -> staysIn(house, List.of("ch.qos.logback", "org.slf4j"), "app"),
              "http.in.bridge.UsesLogback"),
          Rule.of(
              "7 only cli.process starts programs",
              TechnologyRules::programs,
              "http.in.ops.SpawnsProgram"),
          Rule.of(
              "13 nobody logs past the platform's logger",
              TechnologyRules::platformLogger,
              "cli.task.Talks"),
          Rule.of(
              "P12 a dialect leases no more than its reply has room for",
              TechnologyRules::leasesWithRoom,
              "http.in.bridge.LeasesWithoutRoom"),
          Rule.of(
              "S41 nothing makes objects of what a stranger names",
              TechnologyRules::noStrangersObjects,
              "http.in.bridge.ReadsObjects",
              "http.in.bridge.LooksUp",
              "http.in.bridge.TypesByDefault"));

  private TechnologyRules() {}

  private static ArchRule staysIn(House house, List<String> technology, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(house.inAny(homes))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(technology.stream().map(house::foreign).toArray(String[]::new))
        .because("a technology that lives in one place can be replaced in one place");
  }

  private static ArchRule programs(House house) {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackage(house.in("cli.process"))
                .and()
                // Only stty knows how wide a terminal is.
                .doNotHaveFullyQualifiedName(house.root() + ".cli.terminal.TerminalSize")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("starting a program is a door, and there is one"))
        .and(
            classes()
                .should(
                    Conditions.notAccess(
                        "Runtime.exec",
                        access -> Conditions.target(access).equals("java.lang.Runtime.exec")))
                .because("Runtime.exec splits a line as no shell does"));
  }

  private static ArchRule platformLogger(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.root() + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(house.foreign("java.util.logging"))
        .because("an embedder chooses the log, and System.Logger asks for it");
  }

  private static ArchRule noStrangersObjects(House house) {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(house.root() + "..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("serialised objects run code of the sender's choice"))
        .and(
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(house.foreign("javax.naming"), house.foreign("java.rmi"))
                .because("a name that is looked up may answer with code"))
        .and(
            classes()
                .should(
                    Conditions.notAccess(
                        "Jackson's default typing",
                        access -> isDefaultTyping(Conditions.target(access))))
                .because("a type named in the data is a class of the sender's choice"));
  }

  private static ArchRule leasesWithRoom(House house) {
    String leasing = house.root() + ".core.usecase.task.Leasing.lease";
    return classes()
        .that()
        .resideInAPackage(house.in("http.in"))
        .should(
            Conditions.notAccess(
                "leases without room",
                access ->
                    Conditions.target(access).startsWith(leasing)
                        && access instanceof JavaCodeUnitAccess<?> call
                        && call.getTarget().getRawParameterTypes().stream()
                            .noneMatch(type -> type.getSimpleName().equals("LongPredicate"))))
        .because("a reply that does not fit into memory loses the leases in it");
  }

  private static boolean isDefaultTyping(String target) {
    return target.startsWith("com.fasterxml.jackson")
        && (target.contains("DefaultTyping") || target.contains("polymorphicTypeValidator"));
  }
}
