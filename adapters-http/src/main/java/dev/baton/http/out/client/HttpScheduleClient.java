package dev.baton.http.out.client;

import dev.baton.core.client.ScheduleClient;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.http.out.client.Calls.Reading;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link ScheduleClient} behind HTTP, spoken to in seed 2's dialect. Thread-safe. */
final class HttpScheduleClient implements ScheduleClient {
  private static final String API = "/api/v1/scheduled-tasks";
  private static final Reading<HttpAdminClient.Done, Boolean> DONE =
      new Reading<>(HttpAdminClient.Done.class, HttpAdminClient.Done::checked);
  private static final Reading<ScheduleWire.Found, Kept> KEPT =
      new Reading<>(ScheduleWire.Found.class, ScheduleWire.Found::toCore);

  private final Calls calls;

  HttpScheduleClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public Kept add(Plan plan) {
    return find(
        calls.post(
            API,
            ScheduleBody.of(plan),
            new Reading<>(ScheduleWire.Made.class, ScheduleWire.Made::toCore)));
  }

  @Override
  public List<Line> list(int page) {
    return calls.get(
        API + page(page), new Reading<>(ScheduleWire.Listed.class, ScheduleWire.Listed::toCore));
  }

  private static String page(int page) {
    return "?limit=" + PAGE + "&page=" + (page + 1);
  }

  @Override
  public Kept find(ScheduleId id) {
    return calls.get(path(id), KEPT);
  }

  @Override
  public Kept change(ScheduleId id, UnaryOperator<Plan> change) {
    Kept before = find(id);
    Map<String, @Nullable Object> body =
        ScheduleBody.change(before.plan(), change.apply(before.plan()));
    return body.isEmpty() ? before : calls.patch(path(id), body, KEPT);
  }

  @Override
  public Kept setActive(ScheduleId id, boolean active) {
    calls.post(path(id) + (active ? "/enable" : "/disable"), Map.of(), DONE);
    return find(id);
  }

  @Override
  public Run run(ScheduleId id) {
    return calls.post(
        path(id) + "/run",
        Map.of(),
        new Reading<>(ScheduleWire.Started.class, ScheduleWire.Started::toCore));
  }

  @Override
  public List<Run> runs(ScheduleId id, int page) {
    return calls.get(
        path(id) + "/runs" + page(page),
        new Reading<>(ScheduleWire.Runs.class, ScheduleWire.Runs::toCore));
  }

  @Override
  public Report dryRun(ScheduleId id) {
    return calls.post(
        path(id) + "/dry-run",
        Map.of(),
        new Reading<>(ScheduleWire.Dry.class, ScheduleWire.Dry::toCore));
  }

  @Override
  public void delete(ScheduleId id) {
    calls.delete(path(id), DONE);
  }

  private static String path(ScheduleId id) {
    return API + "/" + Calls.encoded(id.value());
  }

  @Override
  public void close() {
    calls.close();
  }
}
