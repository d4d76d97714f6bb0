package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;

/** Dependencies between top-level classes: what is nested counts for the class around it. */
final class Dependents {

  private Dependents() {}

  /** The other top-level classes that use one, or a class within it. */
  static Stream<JavaClass> of(JavaClass type) {
    return Stream.concat(Stream.of(type), type.getPackage().getClasses().stream())
        .filter(part -> topLevel(part).equals(type))
        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
        .map(Dependency::getOriginClass)
        .map(Dependents::topLevel)
        .filter(user -> !user.equals(type));
  }

  /** The other top-level classes that a class uses. */
  static Stream<JavaClass> from(JavaClass part) {
    return part.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType)
        .map(Dependents::topLevel)
        .filter(used -> !used.equals(topLevel(part)));
  }

  static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(Dependents::topLevel).orElse(type);
  }
}
