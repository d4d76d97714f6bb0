package dev.baton.core.usecase.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.port.BatchInput;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that ask for models which are not offered, or for more than these can give. */
final class BatchModelsTest {
  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(new ManualClock())
          .models(new FakeModelClient(spec("small", 100), spec("large", 1_000)))
          .build();

  private static ModelSpec spec(String name, int maxTokens) {
    return new ModelSpec(
        new ModelName(name),
        "fake",
        4,
        OptionalInt.of(maxTokens),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @AfterEach
  void close() {
    baton.close();
  }

  private static NewTask row(String model, int maxTokens) {
    Parameters parameters =
        new Parameters(
            Optional.empty(),
            OptionalDouble.empty(),
            maxTokens > 0 ? OptionalInt.of(maxTokens) : OptionalInt.empty(),
            Options.NONE,
            false);
    return NewTask.builder(new Prompt("p", Metadata.EMPTY, parameters))
        .model(model.isEmpty() ? null : new ModelName(model))
        .build();
  }

  private static BatchConfig config(String model, int maxTokens) {
    return new BatchConfig(
        Optional.of(new ModelName(model)),
        OptionalDouble.empty(),
        OptionalInt.of(maxTokens),
        OptionalInt.empty(),
        Priority.NORMAL,
        Optional.empty(),
        QueueName.DEFAULT,
        1);
  }

  private List<String> problems(BatchConfig config, NewTask... rows) {
    Throwable thrown =
        catchThrowable(
            () ->
                baton
                    .batches()
                    .create(
                        TenantId.DEFAULT,
                        NewBatch.of("n", config),
                        () -> BatchInput.of(List.of(rows)))
                    .join());
    assertThat(thrown).isInstanceOf(CompletionException.class);
    assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT))).isEqualTo(Tally.NONE);
    List<String> told = new ArrayList<>();
    assertThat(thrown)
        .cause()
        .isInstanceOfSatisfying(
            InvalidRowsException.class,
            refused -> refused.problems().forEach(problem -> told.add(text(problem))));
    return told;
  }

  private static String text(Problem problem) {
    return problem.line() + ": " + problem.message();
  }

  @Test
  void rowsBeyondTheirModel_areRefusedByLine_andNothingIsStored() {
    assertThat(
            problems(
                BatchConfig.DEFAULT,
                row("large", 1_000),
                row("other", 0),
                row("large", 1_001),
                row("", 101)))
        .containsExactly(
            "2: model other is not available; available are: small, large",
            "3: maxTokens is at most 1000 for this model",
            "4: maxTokens is at most 100 for this model");
  }

  @Test
  void rowsThatTakeTheBatchsWord_areMeasuredByIt() {
    assertThat(problems(config("large", 500), row("", 0), row("small", 0), row("", 1_001)))
        .containsExactly(
            "2: maxTokens is at most 100 for this model",
            "3: maxTokens is at most 1000 for this model");
  }

  @Test
  void rowsWithinTheirModel_areTaken() {
    var made =
        Baton.await(
            baton
                .batches()
                .create(
                    TenantId.DEFAULT,
                    NewBatch.of("n", config("small", 100)),
                    List.of(row("", 0), row("large", 1_000))));

    assertThat(made.view().tally().total()).isEqualTo(2);
  }
}
