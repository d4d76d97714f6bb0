package dev.baton.core.usecase.model;

import static dev.baton.core.testing.FakeModelClient.model;
import static dev.baton.core.testing.FakeModelClient.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.usecase.insight.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is asked for a model that several providers offer, or whose fallback is free. */
final class RoutesTest extends ExecutorFixture {
  private static final ModelName M = new ModelName("m");
  private static final ModelName FIRST = new ModelName("m@first");
  private static final ModelName SECOND = new ModelName("m@second");

  private static ModelSpec offer(String provider, int concurrency, int order, int weight) {
    return new ModelSpec(
            M,
            provider,
            concurrency,
            OptionalInt.empty(),
            List.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            M,
            order,
            weight)
        .amongOthers();
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "AUTH", "CIRCUIT_OPEN"})
  void pausedModel_doesNotHoldTasksWhoseFallbackIsFree(ModelFault fault) {
    open(withFallbacks(A, B), model("b", 4));
    client.script(A, refuses(fault, Duration.ofHours(1)));
    TaskId first = submit(task("p").model(A));
    executor.runOnce();
    TaskId second = submit(task("q").model(A));
    TaskId unnamed = submit("r");
    pass(Duration.ofSeconds(2));

    assertThat(List.of(state(first), state(second), state(unnamed))).containsOnly(Kind.SUCCEEDED);
    assertThat(asked()).containsExactly("a", "b", "b", "b");
    assertThat(attempts(first)).isEqualTo(1);
  }

  @Test
  void pausedModel_withAFallbackThatIsFull_keepsToItsRoom() {
    open(withFallbacks(A, B), model("b", 2));
    Baton.await(baton.models().pause(A, Duration.ofHours(1), "by hand"));
    client.otherwise(new FakeModelClient.Hangs());
    submitMany(5, A);
    executor.runOnce();

    assertThat(asked()).containsExactly("b", "b");
    executor.runOnce();
    assertThat(client.calls()).hasSize(2);
  }

  @Test
  void order_lowerIsAsked_untilItIsPausedOrFull() {
    open(offer("first", 2, 1, 1), offer("second", 2, 2, 1));
    client.script(FIRST, new FakeModelClient.Hangs(), new FakeModelClient.Hangs());
    submitMany(3, M);
    executor.runOnce();
    assertThat(asked()).containsExactly("m@first", "m@first", "m@second");
    client.open().forEach(call -> call.answer("done"));

    client.script(FIRST, refuses(ModelFault.RATE_LIMITED, Duration.ofMinutes(5)));
    TaskId id = submit(task("p").model(M));
    pass(Duration.ofSeconds(1));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(attempts(id)).isEqualTo(1);
    assertThat(asked().subList(3, 5)).containsExactly("m@first", "m@second");
  }

  @Test
  void failedAttempt_isFollowedByTheOtherProvider() {
    open(offer("first", 4, 1, 1), offer("second", 4, 2, 1));
    client.script(FIRST, refuses(ModelFault.OVERLOADED));
    TaskId id = submit(task("p").model(M));
    executor.runOnce();
    pass(Duration.ofMinutes(6));

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(asked()).containsExactly("m@first", "m@second");
  }

  @Test
  void answer_namesTheEntryThatGaveIt_andCostsWhatThatOneTakes() {
    open(priced("first", 1, 1), priced("second", 2, 10));
    client.script(FIRST, refuses(ModelFault.RATE_LIMITED, Duration.ofMinutes(5)));
    Usage usage = new Usage(1_000_000, 0, 1_000_000);
    client.script(
        SECOND,
        new FakeModelClient.Ends(
            new ModelOutcome.Answered(
                new Completion(
                    "yes",
                    Optional.of(usage),
                    Optional.empty(),
                    Optional.of(new ModelAnswer(M, "stop", Optional.empty()))))));
    TaskId id = submit(task("p").model(M));
    pass(Duration.ofSeconds(1));

    TaskState.Succeeded answered = (TaskState.Succeeded) baton.find(id).orElseThrow().state();
    ModelName by = answered.completion().modelAnswer().orElseThrow().model();
    assertThat(by).isEqualTo(SECOND);
    assertThat(baton.models().cost(by, usage)).hasValue(10);
    assertThat(Baton.await(baton.figures().since(TENANT, Duration.ofHours(1))).buckets())
        .extracting(Bucket::model)
        .containsExactly(Optional.of(SECOND));
  }

  private static ModelSpec priced(String provider, int order, double dollars) {
    OptionalDouble price = OptionalDouble.of(dollars);
    return new ModelSpec(M, provider, 4, OptionalInt.empty(), List.of(), price, price, M, order, 1)
        .amongOthers();
  }

  @Test
  void allPaused_saysOfEachUntilWhen() {
    open(offer("first", 4, 1, 1), offer("second", 4, 2, 1));
    Baton.await(baton.models().pause(FIRST, Duration.ofHours(2), "the first is tired"));
    Baton.await(baton.models().pause(SECOND, Duration.ofHours(1), "the second is, too"));
    TaskId id = submit(task("p").model(M));
    executor.runOnce();

    assertThat(client.calls()).isEmpty();
    Wait wait = Baton.await(baton.insight().whyWaiting(TENANT, id)).orElseThrow();
    assertThat(wait.reason()).isEqualTo(Wait.Reason.MODEL_PAUSED);
    assertThat(wait.until()).hasValue(clock.instant().plus(Duration.ofHours(1)));
    assertThat(wait.sentence()).contains("m@first", "tired", "m@second", "too");
  }

  @Test
  void allFull_saysSo() {
    open(offer("first", 1, 1, 1), offer("second", 1, 2, 1));
    client.otherwise(new FakeModelClient.Hangs());
    submitMany(2, M);
    TaskId id = submit(task("p").model(M));
    executor.runOnce();

    Wait wait = Baton.await(baton.insight().whyWaiting(TENANT, id)).orElseThrow();
    assertThat(wait.reason()).isEqualTo(Wait.Reason.MODEL_FULL);
    assertThat(wait.limit()).hasValue(2);
  }

  @Test
  void task_mayAskForOneProvider() {
    open(offer("first", 4, 1, 1), offer("second", 4, 2, 1));
    TaskId id = submit(task("p").model(SECOND));
    executor.runOnce();

    assertThat(state(id)).isEqualTo(Kind.SUCCEEDED);
    assertThat(asked()).containsExactly("m@second");
  }

  @Test
  void weight_sharesTheFirstAttempts_andATaskKeepsItsOrder() {
    Routes routes = new Routes(List.of(offer("first", 4, 1, 3), offer("second", 4, 1, 1)));
    long first =
        IntStream.range(0, 4_000)
            .mapToObj(i -> routes.route(M, new TaskId("t" + i)).own().get(0))
            .filter(FIRST::equals)
            .count();

    assertThat(first).isCloseTo(3_000L, within(150L));
    TaskId one = new TaskId("t1");
    assertThat(routes.route(M, one)).isEqualTo(routes.route(M, one));
  }
}
