package dev.baton.core.usecase.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.MemoryBatchFiles;
import dev.baton.core.testing.PlainRunFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rows of a schedule would cost, told without asking a model. */
final class DryRunsTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final String INPUT = "in.csv";

  private final FakeModelClient models =
      new FakeModelClient(
          new ModelSpec(
              new ModelName("priced"),
              "fake",
              4,
              OptionalInt.empty(),
              List.of(),
              OptionalDouble.of(2),
              OptionalDouble.of(8)));
  private final MemoryBatchFiles files = new MemoryBatchFiles();
  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(new ManualClock())
          .models(models)
          .files(files, new PlainRunFormat())
          .build();

  @AfterEach
  void close() {
    baton.close();
  }

  private DryRun dryRun(String model, OptionalInt maxTokens) {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName(model)),
            OptionalDouble.empty(),
            maxTokens,
            OptionalInt.empty(),
            Priority.NORMAL,
            Optional.empty(),
            QueueName.DEFAULT,
            1);
    return baton.dryRuns().run(TenantId.DEFAULT, plan("@daily", config), NEW_YEAR);
  }

  private static Plan plan(String expression, BatchConfig config) {
    return new Plan(
        "n",
        Cron.parse(expression),
        ZoneOffset.UTC,
        new Plan.Files(INPUT, Optional.empty(), true),
        config,
        true,
        true,
        Plan.Rules.DEFAULT);
  }

  /** Either of both days is enough: the 12th is a Monday. */
  @Test
  void nextRuns_areThoseOfTheExpression() {
    assertThat(
            DryRun.nextRuns(
                plan("0 0 */2 * 1", BatchConfig.DEFAULT), Instant.parse("2026-01-10T00:00:00Z")))
        .extracting(Instant::toString)
        .containsExactly(
            "2026-01-11T00:00:00Z",
            "2026-01-12T00:00:00Z",
            "2026-01-13T00:00:00Z",
            "2026-01-15T00:00:00Z",
            "2026-01-17T00:00:00Z");
  }

  @Test
  void boundedAnswers_ofAPricedModel_haveAMostThatTheyCost() {
    files.texts.put(INPUT, "12345\n123456789\n");

    DryRun told = dryRun("priced", OptionalInt.of(100));

    assertThat(told.promptTokens()).isEqualTo(2 + 3 + 3 + 3);
    assertThat(told.completionTokens()).isEqualTo(200);
    assertThat(told.cost().orElseThrow()).isCloseTo((11 * 2 + 200 * 8) / 1e6, within(1e-12));
    assertThat(told.isValid()).isTrue();
    assertThat(told.nextRuns().get(0)).isEqualTo(NEW_YEAR.plus(Duration.ofDays(1)));
    assertThat(told.rows()).isEqualTo(2);
    assertThat(models.calls()).isEmpty();
  }

  @Test
  void answersWithoutABound_haveNoMost() {
    files.texts.put(INPUT, "12345\n");

    DryRun told = dryRun("priced", OptionalInt.empty());

    assertThat(told.unbounded()).isEqualTo(1);
    assertThat(told.cost()).isEmpty();
  }

  @Test
  void rowsForAModelThatNobodyOffers_areWrong_andOnlyTwentyAreNamed() {
    files.texts.put(INPUT, "x\n".repeat(30));

    DryRun told = dryRun("unknown", OptionalInt.of(1));

    assertThat(told.isValid()).isFalse();
    assertThat(told.invalid()).isEqualTo(30);
    assertThat(told.problems()).hasSize(20);
    assertThat(told.problems().get(0).message()).contains("priced");
  }

  @Test
  void inputWithoutRows_isNotValid() {
    files.texts.put(INPUT, "");

    assertThat(dryRun("priced", OptionalInt.of(1)).isValid()).isFalse();
  }

  @Test
  void rowWhoseNameIsTaken_isAProblem_andNoRefusal() {
    files.texts.put(INPUT, "x\n@a y\n");
    Baton.await(
        baton
            .submissions()
            .submit(
                TenantId.DEFAULT,
                NewTask.builder(Prompt.of("p")).id(new TaskId("a.run" + Long.MAX_VALUE)).build()));

    DryRun told = dryRun("priced", OptionalInt.of(1));

    assertThat(told.isValid()).isFalse();
    assertThat(told.invalid()).isEqualTo(1);
    assertThat(told.problems().get(0).line()).isEqualTo(2);
  }
}
