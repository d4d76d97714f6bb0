package dev.baton.core.usecase.model;

import static dev.baton.core.testing.FakeModelClient.model;
import static dev.baton.core.testing.FakeModelClient.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.FakeModelClient.Says;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows each fault of a model: the rules, as a submitter sees them. */
final class FaultTest extends ExecutorFixture {
  private static final Duration LONG = Duration.ofMinutes(6);

  @Test
  void rateLimitedUntil_pausesTheModelForEverybody_andBurnsNoAttempt() {
    open(model("a", 4), model("b", 4));
    client.script(A, refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(30)));
    TaskId id = submit(task("p").model(A));
    executor.runOnce();
    submitMany(3, A);
    TaskId other = submit(task("q").model(B));

    pass(Duration.ofSeconds(29));

    assertThat(state(id)).isEqualTo(Kind.READY);
    assertThat(attempts(id)).isZero();
    assertThat(state(other)).isEqualTo(Kind.SUCCEEDED);
    assertThat(baton.lease(new WorkerId("outside"), Duration.ofSeconds(9))).isEmpty();
    assertThat(asked()).containsExactly("a", "b");

    pass(Duration.ofSeconds(2));
    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(attempts(id)).isEqualTo(1);
  }

  @Test
  void rateLimitedUntil_holdsTasksWithoutAModelToo() {
    open(model("a", 4));
    client.script(A, refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(30)));
    TaskId id = submit("p");
    executor.runOnce();

    pass(Duration.ofSeconds(29));
    assertThat(asked()).containsExactly("a");
    pass(Duration.ofSeconds(2));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void pause_outlivesARestart_andEndsByItself() {
    open(model("a", 4));
    client.script(A, refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(30)));
    submit(task("p").model(A));
    executor.runOnce();

    open(model("a", 4));
    assertThat(Baton.await(baton.models().load())).extracting(ModelPause::model).containsExactly(A);
    pass(Duration.ofSeconds(20));
    assertThat(client.calls()).isEmpty();
    pass(Duration.ofSeconds(11));
    assertThat(client.calls()).hasSize(1);
    assertThat(Baton.await(baton.models().endPauses())).isEqualTo(1);
    List<ModelPause> stored = Baton.await(store.read(tx -> tx.pauses().all()));
    assertThat(stored).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "TIMED_OUT", "UPSTREAM_INVALID"})
  void passingFault_isTriedAgainAfterARest_andCounts(ModelFault fault) {
    client.script(refuses(fault));
    TaskId id = submit("p");

    executor.runOnce();
    assertThat(state(id)).isEqualTo(Kind.HELD);
    assertThat(attempts(id)).isEqualTo(1);
    pass(LONG);

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(attempts(id)).isEqualTo(2);
    assertThat(find(id).attempts().get(0).failure().orElseThrow().code()).isEqualTo(fault.name());
  }

  @Test
  void answerThatCantBeKeptToTheLetter_isAskedForAgain() {
    client.script(new Says("half \uD83D"), new Says("nul \0"), new Says("whole"));
    TaskId id = submit("p");

    executor.runOnce();
    pass(LONG);
    pass(LONG);

    assertThat(find(id).completion().orElseThrow().content()).isEqualTo("whole");
    assertThat(find(id).attempts().get(0).failure().orElseThrow().message())
        .contains("invalid surrogate pair");
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "TIMED_OUT", "UPSTREAM_INVALID"})
  void passingFault_onTheLastAttempt_killsTheTask(ModelFault fault) {
    client.otherwise(refuses(fault));
    TaskId id = submit(task("p").retry(RetryPolicy.DEFAULT.withMaxAttempts(3)));

    executor.runOnce();
    for (int i = 0; i < 5; i++) {
      pass(LONG);
    }

    assertThat(state(id)).isEqualTo(Kind.DEAD);
    assertThat(client.calls()).hasSize(3);
    assertThat(find(id).failure().orElseThrow().code()).isEqualTo(Failure.ATTEMPTS_EXHAUSTED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTENT_FILTERED", "BAD_REQUEST", "CONTEXT_TOO_LONG"})
  void lastingFault_endsTheTaskAtOnce(ModelFault fault) {
    client.script(refuses(fault));
    TaskId id = submit("p");

    executor.runOnce();

    assertThat(state(id)).isEqualTo(Kind.DEAD);
    assertThat(find(id).failure().orElseThrow().code()).isEqualTo(fault.name());
    assertThat(client.calls()).hasSize(1);
  }

  @Test
  void overloaded_withATime_restsForThatTime() {
    client.script(refuses(ModelFault.OVERLOADED, Duration.ofSeconds(100)));
    TaskId id = submit("p");
    executor.runOnce();

    pass(Duration.ofSeconds(99));
    assertThat(state(id)).isEqualTo(Kind.HELD);
    pass(Duration.ofSeconds(1));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void circuitOpen_pausesForAMoment_andBurnsNoAttempt() {
    open(model("a", 4));
    client.script(refuses(ModelFault.CIRCUIT_OPEN));
    TaskId id = submit("p");
    executor.runOnce();
    assertThat(attempts(id)).isZero();

    pass(Duration.ofSeconds(4));
    assertThat(client.calls()).hasSize(1);
    pass(Duration.ofSeconds(2));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void circuitOpen_goesToTheFallbackAtOnce_forAllThatAreInLine() {
    open(withFallbacks(A, B), model("b", 100));
    client.script(A, refuses(ModelFault.CIRCUIT_OPEN), refuses(ModelFault.CIRCUIT_OPEN));
    TaskId first = submit(task("p").model(A));
    TaskId second = submit(task("q").model(A));

    executor.runOnce();

    assertThat(state(first)).isEqualTo(Kind.SUCCEEDED);
    assertThat(state(second)).isEqualTo(Kind.SUCCEEDED);
    assertThat(asked()).containsExactlyInAnyOrder("a", "a", "b", "b");
    assertThat(alertsLogged()).containsExactly("circuit.opened");
  }

  @Test
  void circuitOpen_onTheLastAttempt_goesToTheFallback_andBurnsNoAttempt() {
    open(withFallbacks(A, B), model("b", 100));
    client.script(A, refuses(ModelFault.CIRCUIT_OPEN));
    TaskId id = submit(task("p").model(A).retry(RetryPolicy.DEFAULT.withMaxAttempts(1)));

    executor.runOnce();

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(asked()).containsExactly("a", "b");
    assertThat(attempts(id)).isEqualTo(1);
  }

  @Test
  void circuitOpen_alerts_ofEachProviderOnce() {
    open(model("a", 4), model("b", 4));
    client.otherwise(refuses(ModelFault.CIRCUIT_OPEN));
    submitMany(3, A);
    submitMany(3, B);
    executor.runOnce();
    pass(Duration.ofSeconds(6));

    // Both are of one provider; people hear of each model, webhooks of the provider.
    assertThat(alerts).extracting(ModelPause::model).containsExactlyInAnyOrder(A, B);
    assertThat(alertsLogged()).containsExactly("circuit.opened");
  }

  @Test
  void auth_ofAnotherModel_isAnAlertOfItsOwn_andManyCallsOfOneAreOne() {
    open(model("a", 4), model("b", 4));
    client.otherwise(refuses(ModelFault.AUTH));
    submitMany(4, A);
    submitMany(4, B);
    executor.runOnce();

    assertThat(client.calls()).hasSizeGreaterThan(2);
    assertThat(alerts).extracting(ModelPause::model).containsExactlyInAnyOrder(A, B);
    assertThat(alertsLogged()).containsExactly("model.paused", "model.paused");
  }

  private List<String> alertsLogged() {
    return logged().stream()
        .filter(AlertEvent.class::isInstance)
        .map(event -> ((AlertEvent) event).kind())
        .toList();
  }

  private List<DomainEvent> logged() {
    return Baton.await(baton.insight().events(0, 1_000)).stream().map(LoggedEvent::event).toList();
  }

  @Test
  void auth_pausesAndAlerts_andBurnsNoAttempt() {
    open(model("a", 4));
    client.script(refuses(ModelFault.AUTH), refuses(ModelFault.AUTH));
    TaskId id = submit("p");
    executor.runOnce();

    assertThat(alerts).extracting(ModelPause::model).containsExactly(A);
    assertThat(logged())
        .filteredOn(AlertEvent.class::isInstance)
        .singleElement()
        .extracting(event -> ((AlertEvent) event).kind())
        .isEqualTo("model.paused");
    assertThat(attempts(id)).isZero();
    pass(Duration.ofSeconds(61));
    assertThat(client.calls()).hasSize(2);
    pass(Duration.ofSeconds(61));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(events(id)).filteredOn(TaskEvent.Kind.RELEASED::equals).hasSize(2);
  }

  @Test
  void aborted_byNobodyHere_isGivenBackWithARest() {
    client.script(refuses(ModelFault.ABORTED));
    TaskId id = submit("p");

    executor.runOnce();
    assertThat(client.calls()).hasSize(1);
    assertThat(attempts(id)).isZero();
    pass(Duration.ofSeconds(2));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }

  @Test
  void laterAttempts_askTheFallbacksInTurn() {
    open(withFallbacks(A, B), model("b", 4));
    client.otherwise(refuses(ModelFault.OVERLOADED));
    TaskId id = submit(task("p").model(A).retry(RetryPolicy.DEFAULT.withMaxAttempts(4)));
    executor.runOnce();
    pass(LONG);
    pass(LONG);
    client.otherwise(new FakeModelClient.Repeats());
    pass(LONG);

    assertThat(asked()).containsExactly("a", "b", "a", "b");
    assertThat(find(id).completion().orElseThrow().modelAnswer().orElseThrow().model())
        .isEqualTo(B);
  }

  @Test
  void contextTooLong_goesToTheFallbackAtOnce_andEndsWithTheLast() {
    open(withFallbacks(A, B), model("b", 4));
    client.script(A, refuses(ModelFault.CONTEXT_TOO_LONG));
    client.script(B, refuses(ModelFault.CONTEXT_TOO_LONG));
    TaskId id = submit(task("p").model(A));

    executor.runOnce();

    assertThat(asked()).containsExactly("a", "b");
    assertThat(state(id)).isEqualTo(Kind.DEAD);
  }

  @Test
  void fallback_pausedOrFull_isPassedOver() {
    open(withFallbacks(A, B), model("b", 4));
    client.script(A, refuses(ModelFault.OVERLOADED));
    client.script(B, refuses(ModelFault.RATE_LIMITED, Duration.ofHours(1)));
    TaskId id = submit(task("p").model(A));
    executor.runOnce();
    pass(LONG);

    assertThat(asked()).containsExactly("a", "b", "a");
    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(attempts(id)).isEqualTo(2);
  }

  @Test
  void resume_endsAPauseBeforeItsTime() {
    open(model("a", 4));
    Baton.await(baton.models().pause(A, Duration.ofHours(1), "by hand"));
    TaskId id = submit(task("p").model(A));
    pass(Duration.ofSeconds(5));
    assertThat(state(id)).isEqualTo(Kind.READY);

    Baton.await(baton.models().resume(A));
    pass(Duration.ofSeconds(2));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
  }
}
