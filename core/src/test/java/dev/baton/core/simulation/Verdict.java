package dev.baton.core.simulation;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rules were broken in a run; the first one counts. */
final class Verdict {
  private final List<Breach> breaches = new ArrayList<>();

  record Breach(Rule rule, String what) {}

  @FormatMethod
  void broken(Rule rule, @FormatString String what, Object... args) {
    breaches.add(new Breach(rule, what.formatted(args)));
  }

  @FormatMethod
  void check(boolean holds, Rule rule, @FormatString String what, Object... args) {
    if (!holds) {
      broken(rule, what, args);
    }
  }

  Optional<Breach> first() {
    return breaches.stream().findFirst();
  }
}
