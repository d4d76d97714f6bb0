package dev.baton.http.in.runner.operations;

import static dev.baton.http.in.api.Schemas.anyObject;
import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.usecase.insight.Metrics.Since;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.TaskDocs;
import dev.baton.http.in.runner.task.TaskViews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: figures about tasks, and about the process. */
public final class MetricRoutes {
  private static final String TAG = "metrics";
  private static final String PATH = RunnerContext.PREFIX + "/metrics";
  private static final double P95 = 0.95;

  /** A period, and how long each point of its series is. */
  private enum Period {
    HOUR(Duration.ofHours(1), Duration.ofMinutes(5)),
    DAY(Duration.ofDays(1), Duration.ofHours(1)),
    WEEK(Duration.ofDays(7), Duration.ofHours(6)),
    MONTH(Duration.ofDays(30), Duration.ofDays(1));

    private final Duration length;
    private final Duration step;

    Period(Duration length, Duration step) {
      this.length = length;
      this.step = step;
    }

    static final List<String> WORDS = List.of("hour", "day", "week", "month");

    static Period of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private final RunnerContext kit;

  public MetricRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    return List.of(
        Route.get(PATH, Permission.of("metrics", "read"), this::system, systemDoc()).withHead(),
        Route.get(PATH + "/tasks", Permission.of("metrics", "read"), this::tasks, tasksDoc())
            .withHead());
  }

  private Reply system(Request request) {
    return Reply.later(
        kit.baton()
            .figures()
            .since(request.tenant(), Period.DAY.length)
            .thenApply(day -> kit.envelope().ok(system(day))));
  }

  private Map<String, Object> system(Since day) {
    Instant hourAgo = day.now().minus(Duration.ofHours(1));
    long lastHour =
        day.buckets().stream()
            .filter(bucket -> bucket.start().isAfter(hourAgo))
            .mapToLong(bucket -> bucket.stats().completed() + bucket.stats().failed())
            .sum();
    Tally tally = day.tally();
    long failed = tally.dead() + tally.cancelled();
    Map<String, Object> tasks = new LinkedHashMap<>();
    tasks.put("total", tally.total());
    tasks.put("completed", tally.succeeded());
    tasks.put("failed", failed);
    tasks.put("pending", tally.held() + tally.ready());
    tasks.put("running", tally.leased());
    long over = tally.succeeded() + failed;
    Map<String, Object> performance = new LinkedHashMap<>();
    performance.put("averageExecutionTime", rounded(day.sum().averageSeconds()));
    performance.put("successRate", over == 0 ? 1 : rounded((double) tally.succeeded() / over));
    performance.put("throughput", rounded(lastHour / 60.0));
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("cpuUsage", rounded(kit.settings().machine().cpu()));
    system.put("memoryUsage", rounded(kit.settings().machine().memory()));
    system.put("activeConnections", kit.settings().machine().connections());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tasks", tasks);
    data.put("performance", performance);
    data.put("system", system);
    return data;
  }

  private Reply tasks(Request request) {
    Period period = Period.of(Params.word(request, "period", Period.WORDS).orElse("day"));
    Optional<String> status = Params.word(request, "status", TaskViews.STATUSES);
    Optional<String> model = request.queryString("model");
    return Reply.later(
        kit.baton()
            .figures()
            .since(request.tenant(), period.length)
            .thenApply(since -> kit.envelope().ok(tasks(since, period, status, model))));
  }

  private Map<String, Object> tasks(
      Since since, Period period, Optional<String> status, Optional<String> model) {
    Predicate<Bucket> wanted =
        bucket -> model.isEmpty() || model.equals(bucket.model().map(ModelName::value));
    List<Bucket> buckets = since.buckets().stream().filter(wanted).toList();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("period", TaskViews.word(period));
    data.put("from", Instants.text(since.from()));
    data.put("to", Instants.text(since.now()));
    data.put("totals", view(buckets, status));
    data.put("byStatus", byStatus(since.tally(), buckets, status));
    data.put("byModel", byModel(buckets, status));
    data.put("series", series(since.from(), period, buckets, status));
    return data;
  }

  /** Who waits or runs is told as of now; who is over, as of the period. */
  private static Map<String, Object> byStatus(
      Tally tally, List<Bucket> buckets, Optional<String> status) {
    Stats sum = sum(buckets);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("pending", tally.held() + tally.ready());
    view.put("running", tally.leased());
    view.put("completed", sum.completed());
    view.put("failed", sum.failed());
    status.ifPresent(only -> view.keySet().retainAll(List.of(only)));
    return view;
  }

  private List<Map<String, @Nullable Object>> byModel(
      List<Bucket> buckets, Optional<String> status) {
    Map<String, List<Bucket>> byModel = new TreeMap<>();
    buckets.forEach(
        bucket ->
            byModel
                .computeIfAbsent(
                    bucket.model().map(ModelName::value).orElse(""), name -> new ArrayList<>())
                .add(bucket));
    List<Map<String, @Nullable Object>> views = new ArrayList<>();
    byModel.forEach(
        (model, own) -> {
          Map<String, @Nullable Object> view = new LinkedHashMap<>();
          view.put("model", model);
          view.putAll(view(own, status));
          views.add(view);
        });
    return views;
  }

  private List<Map<String, @Nullable Object>> series(
      Instant from, Period period, List<Bucket> buckets, Optional<String> status) {
    List<Map<String, @Nullable Object>> series = new ArrayList<>();
    int points = (int) period.length.dividedBy(period.step);
    for (int i = 0; i < points; i++) {
      Instant start = from.plus(period.step.multipliedBy(i));
      Instant end = start.plus(period.step);
      List<Bucket> within =
          buckets.stream()
              .filter(b -> !b.start().isBefore(start) && b.start().isBefore(end))
              .toList();
      Map<String, @Nullable Object> point = new LinkedHashMap<>();
      point.put("t", Instants.text(start));
      point.putAll(view(within, status));
      series.add(point);
    }
    return series;
  }

  /** Tasks in a status that was not asked for are left out. */
  private Map<String, @Nullable Object> view(List<Bucket> buckets, Optional<String> status) {
    Stats sum = sum(buckets);
    boolean completed = status.isEmpty() || status.get().equals("completed");
    boolean failed = status.isEmpty() || status.get().equals("failed");
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("completed", completed ? sum.completed() : 0);
    view.put("failed", failed ? sum.failed() : 0);
    view.put("avgSeconds", completed ? rounded(sum.averageSeconds()) : 0);
    view.put("p95Seconds", completed ? rounded(sum.durations().quantileSeconds(P95)) : 0);
    view.put("tokens", completed ? sum.promptTokens() + sum.completionTokens() : 0);
    view.put("cost", completed ? cost(buckets) : Double.valueOf(0));
    return view;
  }

  /** Dollars at today's prices; null when answers were given and none has a price. */
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
    Stats stats = bucket.stats();
    long total = Math.min(Usage.MAX, stats.promptTokens() + stats.completionTokens());
    Usage usage =
        new Usage(
            Math.min(Usage.MAX, stats.promptTokens()),
            Math.min(Usage.MAX, stats.completionTokens()),
            total);
    return bucket
        .model()
        .map(model -> kit.baton().models().cost(model, usage))
        .orElse(OptionalDouble.empty());
  }

  private static Stats sum(List<Bucket> buckets) {
    return buckets.stream().map(Bucket::stats).reduce(Stats.NONE, Stats::plus);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static RouteDoc systemDoc() {
    RouteDoc.Builder doc =
        Docs.seed(TAG, "systemMetrics", "Get system metrics")
            .description(
                "Tasks by status, now. averageExecutionTime: seconds of an answer, over 24 hours."
                    + " successRate: completed of all that are over, 0 to 1. throughput: tasks that"
                    + " ended per minute, over the last hour. cpuUsage and memoryUsage: of the"
                    + " server's machine and heap, 0 to 1. activeConnections: open HTTP"
                    + " connections.");
    return Docs.answer(
            doc,
            200,
            new Docs.Members()
                .add("tasks", anyObject("Counts by status."))
                .add("performance", anyObject("Seconds, a share, tasks per minute."))
                .add("system", anyObject("Of the machine."))
                .object("tasks", "performance", "system"),
            TaskDocs.example(
                "tasks",
                TaskDocs.example(
                    "total", 150, "completed", 145, "failed", 3, "pending", 2, "running", 0),
                "performance",
                TaskDocs.example(
                    "averageExecutionTime", 2.5, "successRate", 0.98, "throughput", 15.2),
                "system",
                TaskDocs.example("cpuUsage", 0.35, "memoryUsage", 0.67, "activeConnections", 12)),
            "")
        .build();
  }

  private static RouteDoc tasksDoc() {
    Map<String, Object> figures =
        new Docs.Members()
            .add("completed", integer("Answers.", 0, Long.MAX_VALUE))
            .add("failed", integer("Failures and cancellations.", 0, Long.MAX_VALUE))
            .add("avgSeconds", Map.of("type", "number", "description", "Mean of an answer."))
            .add("p95Seconds", Map.of("type", "number", "description", "Of 95 in 100 answers."))
            .add("tokens", integer("Read and written.", 0, Long.MAX_VALUE))
            .add(
                "cost",
                Map.of(
                    "type",
                    List.of("number", "null"),
                    "description",
                    "Dollars, at today's prices; null when no model that answered has one."))
            .object();
    RouteDoc.Builder doc =
        Docs.seed(TAG, "taskMetrics", "Get task metrics")
            .description("What ended within the period, kept for 31 days in steps of five minutes.")
            .query("period", "How far back.", Docs.words("A period.", Period.WORDS))
            .query("status", "Only tasks that ended so.", TaskDocs.STATUS)
            .query("model", "Only tasks of this model.", string("A model."));
    Docs.answer(
        doc,
        200,
        new Docs.Members()
            .add("period", string("As asked."))
            .add("from", Docs.instant("Where it begins."))
            .add("to", Docs.instant("Now."))
            .add("totals", figures)
            .add("byStatus", anyObject("Counts."))
            .add("byModel", array(figures, 1_000))
            .add("series", array(figures, 30))
            .object("period", "from", "to", "totals", "byStatus", "byModel", "series"),
        TaskDocs.example(
            "period", "day",
            "from", Docs.TIME,
            "to", Docs.TIME,
            "totals", Map.of(),
            "byStatus", Map.of(),
            "byModel", List.of(),
            "series", List.of()),
        "");
    return Docs.invalid(doc).build();
  }
}
