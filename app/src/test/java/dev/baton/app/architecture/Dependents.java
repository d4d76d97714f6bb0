package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.lang.annotation.Annotation;
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

  /**
   * The records with a component that bears this annotation, which the importer of byte code does
   * not look at.
   */
  static Stream<JavaClass> annotated(JavaClass type) {
    if (!type.isAnnotation()) {
      return Stream.empty();
    }
    Class<? extends Annotation> annotation = type.reflect().asSubclass(Annotation.class);
    return root(type.getPackage()).getClassesInPackageTree().stream()
        .filter(JavaClass::isRecord)
        .filter(
            user ->
                Stream.of(user.reflect().getRecordComponents())
                    .anyMatch(component -> component.isAnnotationPresent(annotation)));
  }

  private static JavaPackage root(JavaPackage part) {
    return part.getParent().map(Dependents::root).orElse(part);
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
