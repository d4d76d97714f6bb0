package dev.baton.app.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * A rule for any house.
 *
 * @param offenders the planted classes, by their names under the house's root, each of which the
 *     rule must name
 */
record Rule(String name, Function<House, ArchRule> wording, List<String> offenders) {

  static Rule of(String name, Function<House, ArchRule> wording, String... offenders) {
    return new Rule(name, wording, List.of(offenders));
  }

  ArchRule in(House house) {
    return wording.apply(house);
  }

  @Override
  public String toString() {
    return name;
  }
}
