package dev.baton.http.in.ops;

import com.google.common.base.Splitter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of two formats an Accept header asks for. Types that are neither are passed over. */
final class Accept {
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final Splitter RANGES = Splitter.on(',').trimResults().omitEmptyStrings();
  private static final Splitter PARTS = Splitter.on(';').trimResults();
  private static final int RANGES_MAX = 32;

  private record Range(String type, double weight) {}

  private Accept() {}

  /** Anything, JSON, or nothing known first means JSON; text first means Prometheus. */
  static boolean wantsPrometheus(String accept) {
    return first(accept, List.of("text/", "application/openmetrics", "application/json", "*/*"))
        .matches("text/.*|application/openmetrics.*");
  }

  static String prometheusType(String accept) {
    return first(accept, List.of("text/", "application/openmetrics")).startsWith("application/")
        ? OPEN_METRICS
        : TEXT;
  }

  /** The type that ranks first among those that begin so; empty if there is none. */
  private static String first(String accept, List<String> known) {
    return RANGES
        .splitToStream(accept)
        .limit(RANGES_MAX)
        .map(Accept::range)
        .filter(range -> range.weight() > 0)
        .filter(range -> known.stream().anyMatch(range.type()::startsWith))
        .max(Comparator.comparingDouble(Range::weight))
        .map(Range::type)
        .orElse("");
  }

  private static Range range(String text) {
    List<String> parts = PARTS.splitToList(text.toLowerCase(Locale.ROOT));
    double weight =
        parts.stream()
            .filter(part -> part.startsWith("q="))
            .mapToDouble(part -> weight(part.substring(2)))
            .findFirst()
            .orElse(1);
    return new Range(parts.get(0), weight);
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // A client that cannot count gets what it would get without asking.
      return 0;
    }
  }
}
