package dev.baton.core;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.ScheduleClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.port.ScheduleRows.Filter;
import dev.baton.core.usecase.schedule.DryRun;
import java.util.List;
import java.util.function.UnaryOperator;

/** A {@link ScheduleClient} in this process, over a {@link Baton} that it owns. Thread-safe. */
public final class LocalScheduleClient implements ScheduleClient {
  private final Baton baton;
  private final TenantId tenant;

  /**
   * @param baton with its files; nothing fires unless it was started
   */
  public LocalScheduleClient(Baton baton, TenantId tenant) {
    this.baton = requireNonNull(baton, "baton");
    this.tenant = requireNonNull(tenant, "tenant");
  }

  @Override
  public Kept add(Plan plan) {
    return kept(Baton.await(baton.schedules().create(tenant, plan)));
  }

  @Override
  public List<Line> list(int page) {
    return Baton.await(baton.schedules().list(tenant, Filter.ALL, (long) page * PAGE, PAGE))
        .schedules()
        .stream()
        .map(LocalScheduleClient::line)
        .toList();
  }

  @Override
  public Kept find(ScheduleId id) {
    return Baton.await(baton.schedules().find(tenant, id))
        .map(LocalScheduleClient::kept)
        .orElseThrow(
            () -> new BatonException(ErrorCode.SCHEDULE_NOT_FOUND, "there is no schedule " + id));
  }

  @Override
  public Kept change(ScheduleId id, UnaryOperator<Plan> change) {
    return kept(Baton.await(baton.schedules().change(tenant, id, change)));
  }

  @Override
  public Kept setActive(ScheduleId id, boolean active) {
    return kept(Baton.await(baton.schedules().setActive(tenant, id, active)));
  }

  @Override
  public Run run(ScheduleId id) {
    return run(Baton.await(baton.schedules().runNow(tenant, id)));
  }

  @Override
  public List<Run> runs(ScheduleId id, int page) {
    return Baton.await(baton.schedules().runs(tenant, id, (long) page * PAGE, PAGE)).runs().stream()
        .map(LocalScheduleClient::run)
        .toList();
  }

  @Override
  public Report dryRun(ScheduleId id) {
    DryRun dry = Baton.await(baton.schedules().dryRun(tenant, id, baton.dryRuns()));
    return new Report(
        dry.isValid(),
        dry.rows(),
        dry.invalid(),
        dry.problems(),
        dry.promptTokens(),
        dry.completionTokens(),
        dry.unbounded(),
        dry.cost());
  }

  @Override
  public void delete(ScheduleId id) {
    Baton.await(baton.schedules().delete(tenant, id));
  }

  private static Line line(Schedule schedule) {
    return new Line(
        schedule.id(),
        schedule.plan().name(),
        schedule.plan().cron().toString(),
        schedule.plan().active(),
        schedule.lastRun(),
        schedule.nextRun());
  }

  private static Kept kept(Schedule schedule) {
    return new Kept(
        schedule.id(),
        schedule.plan(),
        schedule.createdAt(),
        schedule.lastRun(),
        schedule.nextRun());
  }

  private static Run run(ScheduleRun run) {
    return new Run(
        "run-" + run.seq(),
        run.nominal(),
        run.manual(),
        run.startedAt(),
        run.batch(),
        run.progress());
  }

  @Override
  public void close() {
    baton.close();
  }
}
