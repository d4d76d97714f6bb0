package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.http.in.runner.shared.RunnerSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an answer cost is told where its model has a price, and otherwise left open. */
final class PricesTest {
  private static final ModelSpec PRICED =
      new ModelSpec(
          new ModelName("priced"),
          "fake",
          1,
          OptionalInt.empty(),
          List.of(),
          OptionalDouble.of(1),
          OptionalDouble.of(2));

  private final Runner runner =
      new Runner(
          RunnerSettings.DEFAULT,
          core ->
              core.models(new FakeModelClient(PRICED, FakeModelClient.model("free", 1)))
                  .withoutExecutor());

  @AfterEach
  void close() {
    runner.close();
  }

  private void answer(String model) {
    runner.post("/tasks", "{\"prompt\":\"p\",\"model\":\"" + model + "\"}");
    runner.complete(
        runner.lease(),
        new Completion("a", Optional.of(new Usage(100_000, 50_000, 150_000)), Optional.empty()));
  }

  private JsonNode cost() {
    return runner.get("/metrics/tasks").data().at("/totals/cost");
  }

  @Test
  void costs_areTheSumOfWhatHasAPrice() {
    assertThat(cost().asDouble(-1)).isZero();

    answer("free");
    assertThat(cost().isNull()).isTrue();

    answer("priced");
    assertThat(cost().asDouble()).isEqualTo(0.2);
  }
}
