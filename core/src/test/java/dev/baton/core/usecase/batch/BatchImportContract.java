package dev.baton.core.usecase.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.port.BatchInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the rows of a batch come in: all or none, once, each with its word or the batch's. */
public abstract class BatchImportContract extends BatchFixture {
  @Test
  void batch_ofManyRows_comesInWholly_andGoesInRowOrder() {
    create(1_000, MANY);

    assertThat(view().tally().total()).isEqualTo(MANY);
    assertThat(baton.insight().counters().submitted()).isEqualTo(MANY);
    assertThat(outcomes()).extracting(outcome -> outcome.prompt().text()).hasSize(MANY);
    Baton.await(baton.batches().start(TENANT, BATCH));
    assertThat(leaseUpTo(1_000))
        .extracting(task -> task.prompt().text())
        .startsWith("p0", "p1", "p2")
        .hasSize(1_000);
  }

  @Test
  void batch_withABrokenRow_storesNothing_andNamesTheLine() {
    BatchInput input =
        input(
            BatchInput.Row.of(1, named("a")),
            BatchInput.Row.broken(7, "no prompt"),
            BatchInput.Row.of(8, named("a")));

    assertThatThrownBy(() -> baton.batches().create(TENANT, batch(1), () -> input).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            InvalidRowsException.class,
            refusal ->
                assertThat(refusal.problems())
                    .extracting(InvalidRowsException.Problem::line)
                    .containsExactly(7L, 8L));

    assertNothingStored();
  }

  private static BatchInput input(BatchInput.Row... rows) {
    return new BatchInput() {
      @Override
      public Rows rows() {
        var rest = List.of(rows).iterator();
        return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** A million of them are more than the memory of a test. */
  private static BatchInput generated(long count) {
    return new BatchInput() {
      @Override
      public Rows rows() {
        long[] read = {0};
        return () -> {
          read[0]++;
          NewTask task = NewTask.of(Prompt.of("p".repeat(1_000)));
          return read[0] > count ? Optional.empty() : Optional.of(Row.of(1 + read[0], task));
        };
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void batch_ofMoreRowsThanMayBe_isRefusedAtTheFirstOfThem_andNothingIsStored() {
    BatchInput tooMany = generated(Batches.ROWS_MAX + 5);

    assertThatThrownBy(() -> Baton.await(baton.batches().create(TENANT, batch(1), () -> tooMany)))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BATCH_TOO_LARGE))
        .hasMessage("line 1000002: a batch has at most 1000000 tasks");

    assertNothingStored();
    assertThat(batchEvents()).isEmpty();
    assertThat(
            Baton.await(
                baton
                    .batches()
                    .check(TENANT, BatchConfig.DEFAULT, () -> generated(Batches.ROWS_MAX))))
        .isEqualTo(Batches.ROWS_MAX);
  }

  @Test
  void batch_ofNoRows_orWithATakenName_isRefused() {
    assertRefused(ErrorCode.VALIDATION_FAILED, baton.batches().create(TENANT, batch(1), List.of()));
    assertNothingStored();
    submitId(task("p").id(new TaskId("taken")));

    assertRefused(
        ErrorCode.TASK_EXISTS,
        baton.batches().create(TENANT, batch(1), List.of(named("free"), named("taken"))));
    create(1, 1);
    assertRefused(ErrorCode.BATCH_EXISTS, baton.batches().create(TENANT, batch(1), rows(1)));
  }

  @Test
  void batch_whoseRowsChangeWhileTheyAreRead_leavesNothing() {
    BatchInput shrinking =
        new BatchInput() {
          private int passes;

          @Override
          public Rows rows() {
            passes++;
            return BatchInput.of(BatchFixture.rows(passes == 1 ? MANY : 700)).rows();
          }

          @Override
          public void close() {}
        };

    assertRefused(
        ErrorCode.VALIDATION_FAILED, baton.batches().create(TENANT, batch(1), () -> shrinking));

    assertNothingStored();
  }

  @Test
  void import_thatStands_isTakenForAbandoned_andLeavesNothing() {
    BatchInput standing =
        interrupted(
            () -> {
              clock.advance(BatchWalk.IMPORT_PATIENCE.plusSeconds(1));
              sweep();
            });

    assertRefused(ErrorCode.OVERLOADED, baton.batches().create(TENANT, batch(1), () -> standing));

    assertNothingStored();
  }

  /** Rows that let something happen when all but the last page of them are stored. */
  private static BatchInput interrupted(Runnable happening) {
    return interrupted(happening, i -> BatchFixture.rows(1).get(0));
  }

  private static BatchInput interrupted(Runnable happening, IntFunction<NewTask> row) {
    List<NewTask> all = IntStream.range(0, MANY).mapToObj(row).toList();
    return new BatchInput() {
      private int passes;

      @Override
      public Rows rows() {
        passes++;
        Rows rows = BatchInput.of(all).rows();
        int[] read = {0};
        return () -> {
          read[0]++;
          if (passes == 2 && read[0] == MANY) {
            happening.run();
          }
          return rows.next();
        };
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void import_ofAProcessThatIsNoMore_isRemovedAtOnce() {
    BatchInput cut =
        interrupted(
            () -> {
              clock.advance(TICK);
              Baton restarted = Baton.builder(store).clock(clock).build();
              while (Baton.await(restarted.upkeep().sweep())) {
                // Page after page.
              }
            });

    assertRefused(ErrorCode.OVERLOADED, baton.batches().create(TENANT, batch(1), () -> cut));

    assertNothingStored();
  }

  @Test
  void batch_ofAProcessThatIsNoMore_canBeMadeAgainAtOnce_underItsIdAndThoseOfItsRows() {
    NewBatch named = batchOf("again");
    BatchInput cut =
        interrupted(
            () -> {
              clock.advance(TICK);
              Baton restarted = Baton.builder(store).clock(clock).build();
              assertThat(
                      Baton.await(
                              restarted
                                  .batches()
                                  .create(TENANT, batchOf("third"), List.of(named("row-0"))))
                          .view()
                          .tally()
                          .total())
                  .isEqualTo(1);
              Baton.await(restarted.batches().create(TENANT, named, rows(2)));
            },
            i -> named("row-" + i));

    assertRefused(ErrorCode.OVERLOADED, baton.batches().create(TENANT, named, () -> cut));

    assertThat(
            Baton.await(baton.batches().find(TENANT, new BatchId("again")))
                .orElseThrow()
                .tally()
                .total())
        .isEqualTo(2);
    assertThat(Baton.await(baton.insight().tally(TENANT)).total()).isEqualTo(3);
  }

  @Test
  void batch_thatIsBeingDeleted_canBeMadeAgainAtOnce() {
    NewBatch named = batchOf("again");
    Baton.await(baton.batches().create(TENANT, named, rows(MANY)));
    Baton.await(baton.batches().delete(TENANT, new BatchId("again")));

    assertThat(Baton.await(baton.batches().create(TENANT, named, rows(2))).view().tally().total())
        .isEqualTo(2);
  }

  private static NewBatch batchOf(String id) {
    return new NewBatch(
        Optional.of(new BatchId(id)), "n", "", BatchConfig.DEFAULT, Optional.empty());
  }

  @Test
  void request_repeatedWhileItsRowsAreStored_makesNoSecondBatch() {
    NewBatch keyed = keyed("print");
    BatchInput repeating =
        interrupted(
            () -> {
              clock.advance(TICK);
              sweep();
              assertRefused(
                  ErrorCode.IDEMPOTENCY_KEY_REUSED, baton.batches().create(TENANT, keyed, rows(2)));
              assertRefused(
                  ErrorCode.IDEMPOTENCY_KEY_REUSED,
                  baton.batches().create(TENANT, keyed("other"), rows(2)));
            });

    var made = Baton.await(baton.batches().create(TENANT, keyed, () -> repeating));

    assertThat(made.view().tally().total()).isEqualTo(MANY);
    assertThat(Baton.await(baton.insight().tally(TENANT)).total()).isEqualTo(MANY);
  }

  private static NewBatch keyed(String fingerprint) {
    return new NewBatch(
        Optional.empty(),
        "n",
        "",
        BatchConfig.DEFAULT,
        Optional.of(new IdempotencyKey("s", "k", fingerprint)));
  }

  @Test
  void batch_ofTheSameRequest_isMadeOnce() {
    NewBatch keyed = keyed("print");
    var first = Baton.await(baton.batches().create(TENANT, keyed, rows(2)));

    var second = Baton.await(baton.batches().create(TENANT, keyed, rows(2)));

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.view().batch().id()).isEqualTo(first.view().batch().id());
    assertRefused(
        ErrorCode.IDEMPOTENCY_KEY_REUSED, baton.batches().create(TENANT, keyed("other"), rows(2)));
  }

  @Test
  void config_holdsForTasksThatSayNothingThemselves() {
    BatchConfig config =
        new BatchConfig(
            Optional.of(new ModelName("m")),
            OptionalDouble.of(0.7),
            OptionalInt.of(9),
            OptionalInt.of(0),
            Priority.HIGH,
            Optional.empty(),
            QueueName.DEFAULT,
            1);
    NewTask own =
        NewTask.builder(Prompt.of("own"))
            .model(new ModelName("other"))
            .priority(Priority.LOW)
            .retry(RetryPolicy.DEFAULT.withMaxAttempts(4))
            .queue(new QueueName("own"))
            .startAt(clock.instant().plusSeconds(60))
            .deadline(clock.instant().plusSeconds(120))
            .build();
    NewBatch batch = new NewBatch(Optional.of(BATCH), "", "", config, Optional.empty());

    Baton.await(baton.batches().create(TENANT, batch, List.of(rows(1).get(0), own)));

    List<Batches.Outcome> tasks = outcomes();
    assertThat(tasks.get(0).row().terms().model()).contains(new ModelName("m"));
    assertThat(tasks.get(0).row().terms().priority()).isEqualTo(Priority.HIGH);
    assertThat(tasks.get(0).row().terms().retry().maxAttempts()).isEqualTo(1);
    assertThat(tasks.get(0).prompt().parameters().temperature()).hasValue(0.7);
    assertThat(tasks.get(0).prompt().parameters().maxTokens()).hasValue(9);
    assertThat(tasks.get(1).row().terms().model()).contains(new ModelName("other"));
    assertThat(tasks.get(1).row().terms().priority()).isEqualTo(Priority.LOW);
    assertThat(tasks.get(1).row().terms().retry().maxAttempts()).isEqualTo(4);
    assertThat(tasks.get(1).row().terms().queue()).isEqualTo(new QueueName("own"));
    assertThat(tasks.get(1).row().terms().deadline()).isEqualTo(own.deadline());
    assertThat(tasks.get(1).row().leaseState().startAt())
        .isEqualTo(own.startAt().orElseThrow().toEpochMilli());
  }

  @Test
  void rowWithAStart_waitsForIt_alsoWhenItsBatchRuns() {
    NewTask later =
        NewTask.builder(Prompt.of("later")).startAt(clock.instant().plusSeconds(60)).build();
    NewBatch batch = NewBatch.of("b", BatchConfig.DEFAULT);
    BatchId id =
        Baton.await(baton.batches().create(TENANT, batch, List.of(later))).view().batch().id();
    Baton.await(baton.batches().start(TENANT, id));
    assertThat(lease(FIRST)).isEmpty();

    clock.advance(Duration.ofSeconds(60));
    sweep();

    assertThat(take(FIRST).prompt().text()).isEqualTo("later");
  }

  @Test
  void row_thatSaysTheDefault_keepsIt() {
    NewBatch batch =
        new NewBatch(
            Optional.of(BATCH),
            "",
            "",
            BatchConfig.DEFAULT.with(1, Priority.HIGH, Optional.empty()),
            Optional.empty());
    NewTask normal = NewTask.builder(Prompt.of("p")).priority(Priority.NORMAL).build();

    Baton.await(baton.batches().create(TENANT, batch, List.of(normal)));

    assertThat(outcomes().get(0).row().terms().priority()).isEqualTo(Priority.NORMAL);
  }
}
