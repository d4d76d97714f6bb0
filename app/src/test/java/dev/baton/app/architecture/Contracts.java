package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Rule 10: whether each driven port has a contract, and whether each implementation keeps it. */
final class Contracts {
  private final JavaClasses system;
  private final JavaClasses tests;

  Contracts(JavaClasses system, JavaClasses tests) {
    this.system = system;
    this.tests = tests;
  }

  /**
   * What is missing.
   *
   * @param ports full names of port interfaces
   * @param excused full names of implementations that need no test
   */
  List<String> missing(List<String> ports, Set<String> excused) {
    List<String> missing = new ArrayList<>();
    for (String port : ports) {
      String contract = port + "Contract";
      if (!tests.contain(contract)) {
        missing.add(port + " has no contract");
        continue;
      }
      for (JavaClass implementation : implementations(port)) {
        if (!excused.contains(implementation.getName()) && !isTested(implementation, contract)) {
          missing.add(implementation.getName() + " has no test that extends " + contract);
        }
      }
    }
    return missing;
  }

  /** The contracts over a fixture of which the suite, which every store extends, has no group. */
  List<String> ungrouped(String suite, String fixture) {
    return tests.stream()
        .filter(type -> type.isAssignableTo(fixture) && type.getName().endsWith("Contract"))
        .filter(contract -> tests.stream().noneMatch(type -> isGroup(type, suite, contract)))
        .map(JavaClass::getName)
        .sorted()
        .toList();
  }

  private static boolean isGroup(JavaClass type, String suite, JavaClass contract) {
    return type.isAnnotatedWith(Nested.class)
        && type.getEnclosingClass().filter(outer -> outer.getName().equals(suite)).isPresent()
        && type.isAssignableTo(contract.getName());
  }

  /** A class that a lambda or a test stands in for is none of these. */
  private List<JavaClass> implementations(String port) {
    return system.stream()
        .filter(type -> !type.isInterface() && type.isAssignableTo(port))
        .toList();
  }

  private boolean isTested(JavaClass implementation, String contract) {
    return tests.stream()
        .filter(test -> test.isAssignableTo(contract) && !test.getName().equals(contract))
        .anyMatch(test -> isTestOf(Dependents.topLevel(test).getSimpleName(), implementation));
  }

  /** A port with two ways to it has one test, named after the port, with a group for each way. */
  private static boolean isTestOf(String test, JavaClass implementation) {
    String name = implementation.getSimpleName();
    return test.startsWith(name) || name.endsWith(test.replaceAll("Test$", ""));
  }
}
