package dev.baton.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** What a class of some package may look like. */
final class ShapeRules {
  static final List<Rule> ALL =
      List.of(
          Rule.of("10 ports are interfaces", ShapeRules::ports, "core.port.PortAsClass"),
          Rule.of(
              "11 adapters show the listed types only",
              ShapeRules::hidden,
              "http.in.bridge.ShownInPublic",
              "persistence.sql.ShownInPublic"),
          Rule.of(
              "12 domain types can't change",
              ShapeRules::domain,
              "core.domain.task.Mutable",
              "core.domain.task.Open"),
          Rule.of(
              "15 wire records stay in their dialect",
              ShapeRules::wireRecords,
              "http.in.bridge.BorrowsWireRecord"));

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
        .resideInAnyPackage(house.inAny("http", "persistence", "cli"))
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should(
            Conditions.beTrue(
                "be listed in PublicTypes",
                type -> PublicTypes.isListed(type.getName().substring(house.root().length() + 1))))
        .because("what is not shown can be changed");
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

  private static ArchRule wireRecords(House house) {
    String dialects = house.exactly("http.in") + ".";
    return classes()
        .that()
        .resideInAPackage(house.in("http.in"))
        .should(
            new ArchCondition<>("not refer to another package's unlisted records") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                  JavaClass target = dependency.getTargetClass();
                  boolean isElsewhere = !target.getPackageName().equals(type.getPackageName());
                  if (isElsewhere
                      && target.isRecord()
                      && target.getName().startsWith(dialects)
                      && !isListed(house, target)) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                  }
                }
              }
            })
        .because("the fields of a wire record are its dialect's published API");
  }

  /** Records within a listed type are as public as it is. */
  private static boolean isListed(House house, JavaClass type) {
    String name = type.getName().substring(house.root().length() + 1);
    return PublicTypes.isListed(name.replaceAll("\\$.*", ""));
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }
}
