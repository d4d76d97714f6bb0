package dev.baton.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.batch.BatchEdit;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.core.usecase.task.TaskEdit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say and see goes by the wall clock, what is counted and ordered does not. */
final class ClocksTest {
  private static final TenantId TENANT = TenantId.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualClock steady = new ManualClock();
  private final ManualClock wall = new ManualClock();
  private final Baton baton =
      Baton.builder(new InMemoryStore()).clock(steady).calendar(wall).random(new Random(1)).build();

  @AfterEach
  void close() {
    baton.close();
  }

  private void pass(Duration time) {
    steady.advance(time);
    wall.advance(time);
    while (Baton.await(baton.upkeep().sweep())) {}
  }

  private Task task(TaskId id) {
    return baton.find(id).orElseThrow();
  }

  private Kind state(TaskId id) {
    return task(id).state().kind();
  }

  private LeasedTask lease() {
    return baton.lease(new WorkerId("w"), MINUTE).orElseThrow();
  }

  private Task edit(TaskId id, Optional<Priority> priority, Optional<Instant> startAt) {
    TaskEdit edit =
        TaskEdit.of(Optional.empty(), Optional.empty(), priority, startAt, Optional.empty());
    return Baton.await(baton.control().edit(TENANT, id, edit));
  }

  @ParameterizedTest
  @ValueSource(longs = {8, -8, 24 * 365 * 13, -24 * 365 * 13})
  void submittedAt_isTheWallClocks_andTheLineKeepsItsOrder(long hours) {
    TaskId first = baton.submit("before");
    wall.jump(Duration.ofHours(hours));
    pass(MINUTE);
    TaskId second = baton.submit("after");
    wall.jump(Duration.ofHours(-hours));
    pass(MINUTE);
    TaskId third = baton.submit("after it came back");

    assertThat(task(second).submittedAt())
        .isEqualTo(task(first).submittedAt().plus(Duration.ofHours(hours)).plus(MINUTE));
    assertThat(task(third).submittedAt()).isEqualTo(wall.instant());
    edit(second, Optional.of(Priority.HIGH), Optional.empty());
    edit(second, Optional.of(Priority.NORMAL), Optional.empty());
    assertThat(List.of(lease().id(), lease().id(), lease().id()))
        .containsExactly(first, second, third);
  }

  @Test
  void nearDeadline_movesATaskAhead_byTheWallClock() {
    wall.jump(Duration.ofDays(-4_000));
    baton.submit("first");
    pass(Duration.ofSeconds(1));
    TaskId far =
        baton.submit(
            NewTask.builder(Prompt.of("far"))
                .deadline(wall.instant().plus(Duration.ofDays(365)))
                .build());

    assertThat(lease().id()).isNotEqualTo(far);
  }

  @ParameterizedTest
  @ValueSource(longs = {8, -8})
  void release_rests_asLongAsItSays(long hours) {
    TaskId id = baton.submit("p");
    wall.jump(Duration.ofHours(hours));
    Settlement release = new Settlement.Release(lease().leaseId(), MINUTE, Optional.empty());
    Baton.await(baton.settling().settle(TENANT, release));

    pass(MINUTE.dividedBy(2));
    assertThat(state(id)).isEqualTo(Kind.HELD);
    pass(MINUTE.dividedBy(2));
    assertThat(state(id)).isEqualTo(Kind.READY);
  }

  @ParameterizedTest
  @ValueSource(longs = {8, -8})
  void startTimeOfAnEdit_isTheWallClocks_alsoOfATaskThatWasTried(long hours) {
    wall.jump(Duration.ofHours(hours));
    TaskId tried = baton.submit("tried");
    Settlement release = new Settlement.Release(lease().leaseId(), Duration.ZERO, Optional.empty());
    Baton.await(baton.settling().settle(TENANT, release));
    TaskId fresh = baton.submit("fresh");
    Optional<Instant> soon = Optional.of(wall.instant().plus(MINUTE));
    edit(tried, Optional.empty(), soon);
    edit(fresh, Optional.empty(), soon);

    pass(MINUTE.minusSeconds(1));
    assertThat(List.of(state(tried), state(fresh))).containsOnly(Kind.HELD);
    pass(Duration.ofSeconds(1));
    assertThat(List.of(state(tried), state(fresh))).containsOnly(Kind.READY);
  }

  @Test
  void redrive_dropsADeadlineThatPassed_byTheWallClock() {
    wall.jump(Duration.ofHours(-8));
    Instant deadline = wall.instant().plus(Duration.ofHours(1));
    TaskId id = baton.submit(NewTask.builder(Prompt.of("p")).deadline(deadline).build());
    Baton.await(baton.control().cancel(TENANT, id));
    Baton.await(baton.control().redrive(TENANT, id));

    assertThat(task(id).row().terms().deadline()).hasValue(deadline);
    wall.jump(Duration.ofHours(16));
    Baton.await(baton.control().cancel(TENANT, id));
    Baton.await(baton.control().redrive(TENANT, id));
    assertThat(task(id).row().terms().deadline()).isEmpty();
  }

  @Test
  void deadlinesOfBatches_areTheWallClocks() {
    wall.jump(Duration.ofHours(-8));
    BatchId id = new BatchId("b");
    Optional<Instant> soon = Optional.of(wall.instant().plus(MINUTE));
    BatchConfig config = BatchConfig.DEFAULT.with(1, Priority.NORMAL, soon);
    NewBatch batch = new NewBatch(Optional.of(id), "b", "", config, Optional.empty());
    NewTask row = NewTask.builder(Prompt.of("p")).deadline(soon.get()).build();
    Baton.await(baton.batches().create(TENANT, batch, List.of(row)));

    assertThat(Baton.await(baton.batches().find(TENANT, id)).orElseThrow().batch().about())
        .satisfies(about -> assertThat(about.createdAt()).isEqualTo(wall.instant()));
    Baton.await(baton.batches().edit(TENANT, id, until(soon.get().plus(MINUTE))));
    assertThat(refusal(id, wall.instant())).isEqualTo(ErrorCode.VALIDATION_FAILED);
  }

  private static BatchEdit until(Instant deadline) {
    return new BatchEdit(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Replacement.given(Optional.of(deadline)));
  }

  private ErrorCode refusal(BatchId id, Instant deadline) {
    try {
      Baton.await(baton.batches().edit(TENANT, id, until(deadline)));
      throw new AssertionError("taken");
    } catch (BatonException e) {
      return e.code();
    }
  }

  @Test
  void ages_areThoseOfEachClock() {
    baton.submit("waits");
    baton.submit("held");
    lease();
    wall.jump(Duration.ofHours(8));
    baton.submit("waits");
    pass(MINUTE.dividedBy(2));
    lease();

    assertThat(Baton.await(baton.figures().condition(TENANT)).queueAge())
        .hasValue(MINUTE.dividedBy(2));
    assertThat(Baton.await(baton.figures().condition(TENANT)).oldestLease())
        .hasValue(MINUTE.dividedBy(2));
  }
}
