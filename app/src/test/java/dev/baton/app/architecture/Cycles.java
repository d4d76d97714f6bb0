package dev.baton.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Finds what can be reached from itself, and says with whom it is in a ring. Looks at whole files,
 * so that a class and the classes within it are one.
 */
final class Cycles extends ArchCondition<JavaClass> {
  private final Function<JavaClass, String> node;
  private final BiPredicate<JavaClass, JavaClass> counts;
  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final Set<String> told = new TreeSet<>();

  private Cycles(
      String description,
      Function<JavaClass, String> node,
      BiPredicate<JavaClass, JavaClass> counts) {
    super(description);
    this.node = node;
    this.counts = counts;
  }

  static Cycles ofPackages() {
    return new Cycles("be in packages without cycles", JavaClass::getPackageName, (a, b) -> true);
  }

  /** Looks within each package; between packages the other rule is the stricter. */
  static Cycles ofClasses() {
    return new Cycles(
        "be without cycles among the classes of a package",
        JavaClass::getName,
        (a, b) -> a.getPackageName().equals(b.getPackageName()));
  }

  @Override
  public void init(Collection<JavaClass> classes) {
    uses.clear();
    Set<JavaClass> known = Set.copyOf(classes);
    for (JavaClass type : classes) {
      String from = node.apply(Dependents.topLevel(type));
      Set<String> targets = uses.computeIfAbsent(from, name -> new TreeSet<>());
      Dependents.from(type)
          .filter(used -> known.contains(used) && counts.test(type, used))
          .map(node)
          .filter(to -> !to.equals(from))
          .forEach(targets::add);
    }
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String name = node.apply(type);
    Set<String> ring = new TreeSet<>(reachable(name));
    if (type.isTopLevelClass() && ring.contains(name) && told.add(name)) {
      ring.removeIf(other -> !reachable(other).contains(name));
      events.add(
          SimpleConditionEvent.violated(
              type, "%s is in a ring: %s".formatted(name, String.join(", ", ring))));
    }
  }

  private Set<String> reachable(String start) {
    Set<String> seen = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(uses.getOrDefault(start, Set.of()));
    while (!next.isEmpty()) {
      String name = next.remove();
      if (seen.add(name)) {
        next.addAll(uses.getOrDefault(name, Set.of()));
      }
    }
    return seen;
  }
}
