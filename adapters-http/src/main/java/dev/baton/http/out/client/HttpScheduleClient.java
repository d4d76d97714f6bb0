package dev.baton.http.out.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link ScheduleClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpScheduleClient implements ScheduleClient {
  private static final String API = "/api/v1/scheduled-tasks";
  private static final Reading<Kept> KEPT = Reading.wire(KeptOf.class, "/data");

  private final Calls calls;

  HttpScheduleClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Kept add(Plan plan) {
    return find(
        calls.post(API, Bodies.schedule(plan), Reading.value(ScheduleId.class, "/data/id")));
  }

  @Override
  public List<Line> list(int page) {
    return calls.get(API + Calls.page(PAGE, page), Reading.list(Line.class, "/data/tasks"));
  }

  @Override
  public Kept find(ScheduleId id) {
    return calls.get(path(id), KEPT);
  }

  @Override
  public Kept change(ScheduleId id, UnaryOperator<Plan> change) {
    Kept before = find(id);
    Map<String, @Nullable Object> body = Bodies.change(before.plan(), change.apply(before.plan()));
    return body.isEmpty() ? before : calls.patch(path(id), body, KEPT);
  }

  @Override
  public Kept setActive(ScheduleId id, boolean active) {
    calls.act(path(id) + (active ? "/enable" : "/disable"));
    return find(id);
  }

  @Override
  public Run run(ScheduleId id) {
    return calls.post(path(id) + "/run", Map.of(), Reading.wire(RunOf.class, "/data"));
  }

  @Override
  public List<Run> runs(ScheduleId id, int page) {
    return calls.get(
        path(id) + "/runs" + Calls.page(PAGE, page), Reading.wires(RunOf.class, "/data/runs"));
  }

  @Override
  public Report dryRun(ScheduleId id) {
    return calls.post(path(id) + "/dry-run", Map.of(), Reading.value(Report.class, "/data"));
  }

  @Override
  public void delete(ScheduleId id) {
    calls.delete(path(id));
  }

  private static String path(ScheduleId id) {
    return Calls.path(API + "/%s", id);
  }

  @Override
  public void close() {
    calls.close();
  }

  record KeptOf(
      ScheduleId id,
      String name,
      String schedule,
      boolean isActive,
      Optional<Instant> lastRun,
      Optional<Instant> nextRun,
      Instant createdAt,
      String timezone,
      String inputFile,
      Optional<String> outputFile,
      boolean overwrite,
      boolean isDryRun,
      Plan.Missed missedRuns,
      Plan.Overlap overlap,
      BatchConfig config)
      implements Wire<Kept> {
    @Override
    public Kept toCore() {
      Plan plan =
          new Plan(
              name,
              Cron.parse(schedule),
              timezone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(timezone),
              new Plan.Files(inputFile, outputFile, overwrite),
              config,
              isDryRun,
              isActive,
              new Plan.Rules(missedRuns, overlap));
      return new Kept(id, plan, createdAt, lastRun, nextRun);
    }
  }

  record RunOf(
      String id,
      ScheduleRun.State status,
      Instant scheduledFor,
      boolean isManual,
      Instant startedAt,
      Optional<Instant> completedAt,
      BatchId batchId,
      long total,
      long completed,
      long failed,
      Optional<String> error,
      Optional<JsonNode> report)
      implements Wire<Run> {
    @Override
    public Run toCore() {
      return new Run(
          id,
          scheduledFor,
          isManual,
          startedAt,
          batchId,
          new ScheduleRun.Progress(
              status,
              completedAt,
              new ScheduleRun.Counts(total, completed, failed),
              error,
              report.filter(given -> !given.isNull()).map(JsonNode::toString)));
    }
  }
}
