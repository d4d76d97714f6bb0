package dev.baton.core.usecase.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.usecase.task.LifecycleFixture;
import dev.baton.core.usecase.task.Replacement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the tests of batches do to them. */
public abstract class BatchFixture extends LifecycleFixture {
  protected static final BatchId BATCH = new BatchId("batch-001");
  protected static final int MANY = 1_201;

  protected static NewBatch batch(int maxConcurrency) {
    BatchConfig config =
        BatchConfig.DEFAULT.with(maxConcurrency, Priority.NORMAL, Optional.empty());
    return new NewBatch(Optional.of(BATCH), "name", "about", config, Optional.empty());
  }

  protected static List<NewTask> rows(int count) {
    return IntStream.range(0, count).mapToObj(i -> NewTask.of(Prompt.of("p" + i))).toList();
  }

  protected static NewTask named(String id) {
    return NewTask.of(Prompt.of("p")).withId(Optional.of(new TaskId(id)));
  }

  protected final void create(int maxConcurrency, int count) {
    Baton.await(baton.batches().create(TENANT, batch(maxConcurrency), rows(count)));
  }

  protected final void createStarted(int maxConcurrency, int count) {
    create(maxConcurrency, count);
    Baton.await(baton.batches().start(TENANT, BATCH));
  }

  protected final BatchView view() {
    return Baton.await(baton.batches().find(TENANT, BATCH)).orElseThrow();
  }

  protected final BatchState batchState() {
    return view().batch().state();
  }

  protected final List<BatchEvent.Kind> batchEvents() {
    return Baton.await(baton.insight().events(0, 100_000)).stream()
        .map(LoggedEvent::event)
        .filter(BatchEvent.class::isInstance)
        .map(event -> ((BatchEvent) event).kind())
        .toList();
  }

  protected final List<Batches.Outcome> outcomes() {
    List<Batches.Outcome> all = new ArrayList<>();
    for (long after = 0; ; after = all.get(all.size() - 1).row().seq()) {
      List<Batches.Outcome> page = Baton.await(baton.batches().outcomes(TENANT, BATCH, after, 100));
      all.addAll(page);
      if (page.isEmpty()) {
        return all;
      }
    }
  }

  protected final List<LeasedTask> leaseUpTo(int max) {
    return Baton.await(baton.leasing().lease(ask(max)));
  }

  protected final void assertNothingStored() {
    sweep();
    assertThat(Baton.await(baton.batches().find(TENANT, BATCH))).isEmpty();
    assertThat(Baton.await(baton.insight().tally(TENANT))).isEqualTo(Tally.NONE);
    assertThat(
            Baton.await(baton.batches().list(TENANT, EnumSet.allOf(BatchState.class), 0, 10))
                .total())
        .isZero();
  }

  protected static BatchEdit concurrency(int max) {
    return new BatchEdit(
        Optional.empty(), Optional.empty(), Optional.of(max), Optional.empty(), Replacement.keep());
  }
}
