package dev.baton.http.in.runner.operations;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.usecase.insight.Metrics.Condition;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.core.usecase.webhook.Webhooks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What came of asking the store; each part is empty where it did not answer.
 *
 * @param seconds that the condition took
 */
record Probe(
    Optional<Condition> condition,
    double seconds,
    Optional<Schedules.Outlook> schedules,
    Optional<Webhooks.Outlook> webhooks) {
  private static final double NANOS = 1e9;
  private static final Webhooks.Outlook NO_WEBHOOKS =
      new Webhooks.Outlook(0, 0, 0, Optional.empty());

  private record Timed(Optional<Condition> condition, double seconds) {}

  /** Asks; never fails. */
  static CompletableFuture<Probe> of(Baton baton, TenantId tenant) {
    CompletableFuture<Optional<Schedules.Outlook>> schedules =
        answered(baton.schedules().outlook());
    CompletableFuture<Optional<Webhooks.Outlook>> webhooks =
        answered(
            baton
                .webhooks()
                .map(service -> service.webhooks().outlook(tenant))
                .orElseGet(() -> CompletableFuture.completedFuture(NO_WEBHOOKS)));
    long begun = System.nanoTime();
    return answered(baton.figures().condition(tenant))
        .thenApply(condition -> new Timed(condition, (System.nanoTime() - begun) / NANOS))
        .thenCompose(
            timed ->
                schedules.thenCombine(
                    webhooks,
                    (runs, messages) -> new Probe(timed.condition, timed.seconds, runs, messages)));
  }

  private static <T> CompletableFuture<Optional<T>> answered(CompletableFuture<T> question) {
    return question.handle((answer, thrown) -> Optional.ofNullable(answer));
  }

  Duration queueAge() {
    return condition.flatMap(Condition::queueAge).orElse(Duration.ZERO);
  }

  Duration oldestLease() {
    return condition.flatMap(Condition::oldestLease).orElse(Duration.ZERO);
  }
}
