package dev.baton.http.in.runner.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Settlement;
import dev.baton.http.in.runner.Runner;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The executions of a task, which read like a history. */
final class ExecutionsTest {
  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private JsonNode executions() {
    return runner.get("/tasks/a/executions").data().path("executions");
  }

  private void settle(Settlement settlement) {
    Baton.await(runner.baton.settling().settle(TenantId.DEFAULT, settlement));
  }

  @Test
  void everyExecution_hasItsNumberOutcomeReasonAndTimes() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    settle(
        new Settlement.Release(
            runner.lease().leaseId(),
            Duration.ZERO,
            Optional.of(Failure.retryable("RATE_LIMITED", "slow down"))));
    settle(new Settlement.Release(runner.lease().leaseId(), Duration.ZERO));
    settle(
        new Settlement.Fail(
            runner.lease().leaseId(),
            Failure.retryable("BUSY", "later"),
            Optional.of(Duration.ZERO)));
    runner.lease();
    runner.advance(Duration.ofMinutes(2));
    runner.complete(runner.lease(), Completion.of("first"));
    runner.post("/tasks/a/execute", "{\"force\":true}");
    runner.complete(runner.lease(), Completion.of("second"));
    runner.post("/tasks/a/execute", "{\"force\":true}");
    runner.lease();

    assertThat(executions().findValuesAsText("attempt"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(executions().findValuesAsText("status"))
        .containsExactly(
            "released", "released", "failed", "failed", "completed", "completed", "running");
    assertThat(executions().findValuesAsText("outcome"))
        .containsExactly("released", "released", "failed", "expired", "succeeded", "succeeded");
    assertThat(executions().findValuesAsText("code"))
        .containsExactly("RATE_LIMITED", "RELEASED", "BUSY", "LEASE_EXPIRED");
    assertThat(executions().findValuesAsText("startedAt")).hasSize(7);
    assertThat(executions().findValuesAsText("endedAt")).hasSize(6);
  }

  @Test
  void theNewestExecution_hasItsOutcomeToo() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    runner.complete(runner.lease(), Completion.of("x"));

    assertThat(executions().at("/0/outcome").asText()).isEqualTo("succeeded");
  }

  @Test
  void anExecutionThatWasCalledOff_saysSo() {
    runner.post("/tasks", "{\"id\":\"a\",\"prompt\":\"p\"}");
    runner.lease();
    runner.post("/tasks/a/cancel");

    assertThat(executions().at("/0/status").asText()).isEqualTo("failed");
    assertThat(executions().at("/0/error/code").asText()).isEqualTo("CANCELLED");
  }
}
