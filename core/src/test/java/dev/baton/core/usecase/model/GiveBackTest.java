package dev.baton.core.usecase.model;

import static dev.baton.core.testing.FakeModelClient.model;
import static dev.baton.core.testing.FakeModelClient.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.task.GiveBacks;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.FakeModelClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a task is given back uncounted, and what becomes of the others meanwhile. */
final class GiveBackTest extends ExecutorFixture {
  private static final Duration MINUTE = Duration.ofSeconds(61);

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "AUTH", "CIRCUIT_OPEN", "ABORTED"})
  void cause_thatLasts_endsTheTaskWithItsCode(ModelFault fault) {
    open(model("a", 1));
    client.otherwise(refuses(fault, Duration.ofSeconds(1)));
    TaskId id = submit("p");

    executor.runOnce();
    for (int i = 1; i < GiveBacks.MAX; i++) {
      pass(MINUTE);
    }
    assertThat(state(id)).isNotEqualTo(Kind.DEAD);
    assertThat(attempts(id)).isZero();
    pass(MINUTE);

    assertThat(state(id)).isEqualTo(Kind.DEAD);
    assertThat(find(id).failure().orElseThrow().code()).isEqualTo(fault.name());
    assertThat(client.calls()).hasSize(GiveBacks.MAX + 1);
  }

  @Test
  void redriven_startsToCountAgain() {
    cause_thatLasts_endsTheTaskWithItsCode(ModelFault.RATE_LIMITED);
    TaskId id = new TaskId(client.calls().get(0).request().id().split("~", -1)[0]);

    Baton.await(baton.control().redrive(TENANT, id));
    pass(MINUTE);
    pass(MINUTE);

    assertThat(state(id)).isEqualTo(Kind.READY);
  }

  @Test
  void counts_eachCauseOnItsOwn() {
    open(model("a", 1));
    for (int i = 0; i < GiveBacks.MAX; i++) {
      client.script(
          refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(1)), refuses(ModelFault.AUTH));
    }
    TaskId id = submit("p");

    executor.runOnce();
    for (int i = 0; i < 2 * GiveBacks.MAX; i++) {
      pass(MINUTE);
    }

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void poisonedTask_atTheHeadOfTheLine_letsTheOthersGoFirst() {
    open(model("a", 1));
    FakeModelClient.Step no = refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(1));
    client.script(A, no, no, no);
    submit(task("poison").model(A));
    submitMany(3, A);

    executor.runOnce();
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(2));
    }

    assertThat(client.calls())
        .extracting(call -> call.request().prompt().text())
        .containsExactly("poison", "poison", "poison", "a-0", "a-1", "a-2", "poison");
  }

  @Test
  void poisonedTask_ofABatchThatRunsOneAtATime_letsTheNextOneIn() {
    open(model("a", 1));
    FakeModelClient.Step no = refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(1));
    client.script(A, no, no, no);
    GateId gate = new GateId("one-at-a-time");
    Baton.await(baton.queues().setGate(TENANT, gate, 1, false));
    submit(task("poison").model(A).gate(gate));
    submit(task("next").model(A).gate(gate));

    executor.runOnce();
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(2));
    }

    assertThat(client.calls())
        .extracting(call -> call.request().prompt().text())
        .containsExactly("poison", "poison", "poison", "next", "poison");
  }

  @Test
  void refusedKey_isTriedWithOneTaskAtATime() {
    open(model("a", 4));
    client.otherwise(refuses(ModelFault.AUTH));
    submitMany(8, A);
    executor.runOnce();
    int first = client.calls().size();

    pass(MINUTE);
    assertThat(client.calls()).hasSize(first + 1);
    client.otherwise(new FakeModelClient.Repeats());
    pass(MINUTE);

    assertThat(Baton.await(baton.insight().tally(TENANT)).of(Kind.SUCCEEDED)).isEqualTo(8);
  }
}
