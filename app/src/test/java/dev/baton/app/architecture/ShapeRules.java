package dev.baton.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a class of some package may look like. */
final class ShapeRules {
  /** Used by tests of the whole program, and by none of its other packages. */
  static final Set<String> ENTRIES =
      Set.of(
          "app.LogSetup",
          "app.Main",
          "app.Node",
          "app.Seams",
          "app.Wiring",
          // A constant that javac copies leaves no trace of where it was.
          "cli.shared.ExitCodes");

  static final List<Rule> ALL =
      List.of(
          Rule.of("10 ports are interfaces", ShapeRules::ports, "core.port.PortAsClass"),
          Rule.of(
              "11 a type is public where another package uses it",
              ShapeRules::hidden,
              "core.domain.task.ShownInPublic",
              "persistence.sql.ShownInPublic"),
          Rule.of("11 a package is small", ShapeRules::size, "http.in.bridge"),
          Rule.of(
              "12 domain types can't change",
              ShapeRules::domain,
              "core.domain.task.Mutable",
              "core.domain.task.Open"));

  private ShapeRules() {}

  private static ArchRule ports(House house) {
    return classes()
        .that()
        .resideInAPackage(house.in("core.port"))
        .and()
        .areTopLevelClasses()
        .should(
            Conditions.beTrue(
                "be an interface, or a record or enum that one takes or gives",
                type ->
                    type.isInterface() || type.isRecord() || type.isEnum() || isPackageInfo(type)))
        .because("a port is a promise, and others keep it");
  }

  private static ArchRule hidden(House house) {
    return classes()
        .that()
        .resideInAPackage(house.root() + "..")
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should(
            Conditions.beTrue(
                "need to be public",
                type ->
                    isEntry(house, type)
                        || Dependents.of(type).anyMatch(elsewhere(type))
                        || Dependents.annotated(type).anyMatch(elsewhere(type))))
        .because("what is not shown can be changed");
  }

  private static boolean isEntry(House house, JavaClass type) {
    return ENTRIES.contains(type.getName().substring(house.root().length() + 1));
  }

  private static Predicate<JavaClass> elsewhere(JavaClass type) {
    return user -> !user.getPackageName().equals(type.getPackageName());
  }

  private static ArchRule size(House house) {
    return classes()
        .that()
        .resideInAPackage(house.root() + "..")
        .should(
            new ArchCondition<>("be in a package of at most " + house.filesAtMost() + " files") {
              private final Map<String, Set<String>> files = new TreeMap<>();

              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (type.isTopLevelClass()) {
                  files
                      .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                      .add(type.getSimpleName());
                }
              }

              @Override
              public void finish(ConditionEvents events) {
                files.forEach(
                    (name, types) -> {
                      if (types.size() > house.filesAtMost()) {
                        events.add(
                            SimpleConditionEvent.violated(
                                name, name + " has " + types.size() + " files"));
                      }
                    });
              }
            })
        .because("a package of fifty files has no names on its doors");
  }

  private static ArchRule domain(House house) {
    String because = "a value that can't change can be shared by threads and by tests";
    return CompositeArchRule.of(
            classes()
                .that()
                .resideInAPackage(house.in("core.domain"))
                .and()
                .areNotAnonymousClasses()
                .should(
                    Conditions.beTrue(
                        "be a record, an enum, an interface, an exception or final",
                        ShapeRules::isClosed))
                .because(because))
        .and(
            classes()
                .that()
                .resideInAPackage(house.in("core.domain"))
                .should(haveFinalFieldsAndNoSetters())
                .because(because));
  }

  private static boolean isClosed(JavaClass type) {
    return type.isRecord()
        || type.isEnum()
        || type.isInterface()
        || isPackageInfo(type)
        || type.isAssignableTo(RuntimeException.class)
        || type.getModifiers().contains(JavaModifier.FINAL);
  }

  private static ArchCondition<JavaClass> haveFinalFieldsAndNoSetters() {
    return new ArchCondition<>("have final fields and no setters") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        // What a builder gathers is not a domain value until it is built.
        if (type.getSimpleName().equals("Builder")) {
          return;
        }
        for (JavaField field : type.getFields()) {
          boolean isOurs = !field.getModifiers().contains(JavaModifier.SYNTHETIC);
          if (isOurs && !field.getModifiers().contains(JavaModifier.FINAL)) {
            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can change"));
          }
        }
        type.getMethods().stream()
            .filter(method -> method.getName().matches("set[A-Z].*"))
            .forEach(
                setter ->
                    events.add(
                        SimpleConditionEvent.violated(setter, setter.getFullName() + " sets")));
      }
    };
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }
}
