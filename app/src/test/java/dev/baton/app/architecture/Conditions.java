package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions that ArchUnit has no words for. */
final class Conditions {

  private Conditions() {}

  /** Holds for a class of which {@code good} is true. */
  static ArchCondition<JavaClass> beTrue(String description, Predicate<JavaClass> good) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!good.test(type)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, "%s should %s".formatted(type.getName(), description)));
        }
      }
    };
  }

  /** Holds for a class that neither calls, refers to nor reads what {@code bad} describes. */
  static ArchCondition<JavaClass> notAccess(String description, Predicate<JavaAccess<?>> bad) {
    return new ArchCondition<>("not access " + description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (bad.test(access)) {
            events.add(SimpleConditionEvent.violated(type, access.getDescription()));
          }
        }
      }
    };
  }

  /** {@code java.lang.System.nanoTime} for a call of that method. */
  static String target(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }
}
