package dev.baton.http.in.runner.operations;

import static dev.baton.http.in.runner.operations.SystemMetrics.rounded;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.usecase.insight.Metrics.Since;
import dev.baton.core.usecase.model.Models;
import dev.baton.http.in.runner.operations.TaskMetrics.Figures;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what ended, at today's prices.
 *
 * @param status the only one that counts, if one was asked for
 */
record TaskFigures(Models prices, Optional<String> status) {
  private static final double P95 = 0.95;

  TaskMetrics of(Since since, Period period, List<Bucket> buckets) {
    return new TaskMetrics(
        period,
        since.from(),
        since.now(),
        figures(buckets),
        TaskMetrics.ByStatus.of(
            since.tally(), new TaskFigures(prices, Optional.empty()).figures(buckets), status),
        byModel(buckets),
        series(since.from(), period, buckets));
  }

  private List<Figures> byModel(List<Bucket> buckets) {
    return buckets.stream()
        .collect(
            groupingBy(
                bucket -> bucket.model().map(ModelName::value).orElse(""), TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(model -> figures(model.getValue()).ofModel(model.getKey()))
        .toList();
  }

  private List<Figures> series(Instant from, Period period, List<Bucket> buckets) {
    return IntStream.range(0, period.steps())
        .mapToObj(step -> from.plus(period.step.multipliedBy(step)))
        .map(start -> figures(within(buckets, start, start.plus(period.step))).from(start))
        .toList();
  }

  private static List<Bucket> within(List<Bucket> buckets, Instant start, Instant end) {
    return buckets.stream()
        .filter(bucket -> !bucket.start().isBefore(start) && bucket.start().isBefore(end))
        .toList();
  }

  private Figures figures(List<Bucket> buckets) {
    Stats sum = buckets.stream().map(Bucket::stats).reduce(Stats.NONE, Stats::plus);
    boolean completed = counts("completed");
    return new Figures(
        Optional.empty(),
        Optional.empty(),
        completed ? sum.completed() : 0,
        counts("failed") ? sum.failed() : 0,
        completed ? rounded(sum.averageSeconds()) : 0,
        completed ? rounded(sum.durations().quantileSeconds(P95)) : 0,
        completed ? sum.promptTokens() + sum.completionTokens() : 0,
        completed ? cost(buckets) : Double.valueOf(0));
  }

  private boolean counts(String word) {
    return status.isEmpty() || status.get().equals(word);
  }

  /** Null when answers were given and none has a price. */
  private @Nullable Double cost(List<Bucket> buckets) {
    List<Bucket> paid =
        buckets.stream()
            .filter(b -> b.stats().promptTokens() + b.stats().completionTokens() > 0)
            .toList();
    double[] known =
        paid.stream().map(this::cost).flatMapToDouble(OptionalDouble::stream).toArray();
    return known.length == 0 && !paid.isEmpty()
        ? null
        : Math.round(Arrays.stream(known).sum() * 1e6) / 1e6;
  }

  private OptionalDouble cost(Bucket bucket) {
    long read = bucket.stats().promptTokens();
    long written = bucket.stats().completionTokens();
    Usage usage =
        new Usage(
            Math.min(Usage.MAX, read),
            Math.min(Usage.MAX, written),
            Math.min(Usage.MAX, read + written));
    return bucket.model().map(model -> prices.cost(model, usage)).orElse(OptionalDouble.empty());
  }
}
