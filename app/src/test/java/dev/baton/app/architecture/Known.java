package dev.baton.app.architecture;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What breaks a rule today, each by a part of the rule's report. May only shrink. */
final class Known {
  private static final Map<String, Set<String>> VIOLATIONS =
      Map.of(
          "9 classes of a package have no cycles",
          Stream.of(
                  rings(
                      "http.in.transport",
                      "BodyReader",
                      "BodySpool",
                      "Call",
                      "Chain",
                      "ClientWatch",
                      "LingeringClose",
                      "ReplySender",
                      "RequestGate",
                      "StreamSender",
                      "WireConduit"))
              .flatMap(Set::stream)
              .collect(toSet()),
          "11 a type is public where another package uses it",
          Set.of("http.in.json.Bounds", "http.in.json.Holds", "http.in.json.Words"),
          "12 domain types can't change",
          Set.of("core.domain.input.CsvReader", "core.domain.input.RowReader"));

  private Known() {}

  static Set<String> of(Rule rule) {
    return VIOLATIONS.getOrDefault(rule.name(), Set.of());
  }

  private static Set<String> rings(String room, String... types) {
    return Stream.of(types).map(type -> room + "." + type + " is in a ring").collect(toSet());
  }
}
