package dev.baton.core.domain.prompt;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which models a holder takes tasks for.
 *
 * @param kind how {@code named} is meant
 * @param unnamed whether tasks that name no model are taken
 */
public record ModelFilter(Kind kind, Set<ModelName> named, boolean unnamed) {
  /** Takes every task. */
  public static final ModelFilter ANY = allBut(Set.of());

  public ModelFilter {
    named = Set.copyOf(named);
  }

  /** How the names are meant. */
  public enum Kind {
    ONLY,
    ALL_BUT
  }

  /** Every model but these, and tasks without one. */
  public static ModelFilter allBut(Set<ModelName> named) {
    return new ModelFilter(Kind.ALL_BUT, named, true);
  }

  /** These models only. */
  public static ModelFilter only(Set<ModelName> named, boolean unnamed) {
    return new ModelFilter(Kind.ONLY, named, unnamed);
  }

  /** The same, but for these models. */
  public ModelFilter without(Set<ModelName> passedOver) {
    if (passedOver.isEmpty()) {
      return this;
    }
    Set<ModelName> changed = new HashSet<>(named);
    boolean unused = kind == Kind.ONLY ? changed.removeAll(passedOver) : changed.addAll(passedOver);
    return new ModelFilter(kind, changed, unnamed);
  }

  /** Whether no task is taken at all. */
  public boolean isEmpty() {
    return kind == Kind.ONLY && named.isEmpty() && !unnamed;
  }

  /** Whether a task for {@code model} is taken. */
  public boolean accepts(Optional<ModelName> model) {
    return model.map(name -> named.contains(name) == (kind == Kind.ONLY)).orElse(unnamed);
  }
}
