package dev.baton.core.usecase.batch;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.port.Transaction;
import java.time.Instant;

/**
 * What a caller may do to a batch as a whole, each in one transaction, with the first page of what
 * is then done to its tasks. Holds no state.
 */
final class BatchMoves {
  private final BatchLife life;
  private final BatchWalk walk;

  BatchMoves(BatchLife life, BatchWalk walk) {
    this.life = life;
    this.walk = walk;
  }

  void start(Transaction tx, Batch batch, Instant now) {
    switch (batch.state()) {
      case CREATED -> {
        life.begin(tx, batch, now);
        BatchLife.endIfOver(tx, batch.tenant(), batch.id(), now);
      }
      case RUNNING -> {}
      default -> throw BatchLife.invalid(batch.id(), batch.state(), "started");
    }
  }

  void pause(Transaction tx, Batch batch, Instant now) {
    switch (batch.state()) {
      case RUNNING -> {
        tx.batches().update(batch.with(batch.run().in(BatchState.PAUSED, now)));
        BatchLife.log(tx, batch, BatchEvent.Kind.PAUSED, now);
        life.close(tx, batch, now);
      }
      case PAUSED -> {}
      default -> throw BatchLife.invalid(batch.id(), batch.state(), "paused");
    }
  }

  void resume(Transaction tx, Batch batch, Instant now) {
    switch (batch.state()) {
      case PAUSED -> {
        tx.batches().update(batch.with(batch.run().in(BatchState.RUNNING, now)));
        BatchLife.log(tx, batch, BatchEvent.Kind.RESUMED, now);
        life.open(tx, batch, now);
      }
      case RUNNING -> {}
      default -> throw BatchLife.invalid(batch.id(), batch.state(), "resumed");
    }
  }

  void cancel(Transaction tx, Batch batch, Instant now) {
    switch (batch.state()) {
      case CREATED, RUNNING, PAUSED -> {
        BatchWalkState cancel = BatchWalkState.of(BatchWalkState.Kind.CANCEL);
        Batch.Run run = batch.run().in(BatchState.CANCELLING, now).with(cancel, now);
        walk(tx, batch.with(run), now);
      }
      case CANCELLING, CANCELLED -> {}
      default -> throw BatchLife.invalid(batch.id(), batch.state(), "cancelled");
    }
  }

  void retry(Transaction tx, Batch batch, Instant now) {
    Tally tally = tx.batches().tally(batch.tenant(), batch.id());
    boolean mayRetry =
        batch.state().isFinished()
            || batch.state() == BatchState.RUNNING
            || batch.state() == BatchState.PAUSED;
    if (!mayRetry || tally.dead() + tally.cancelled() == 0) {
      throw BatchLife.invalid(
          batch.id(), batch.state(), "retried: no task ended without an answer");
    }
    Batch begun = batch.state().isFinished() ? life.begin(tx, batch, now) : batch;
    walkAlso(tx, begun, BatchWalkState.Kind.RETRY, now);
  }

  void delete(Transaction tx, Batch batch, Instant now) {
    BatchWalkState delete = BatchWalkState.of(BatchWalkState.Kind.DELETE);
    Batch.Run run = batch.run().in(BatchState.DELETING, now).with(delete, now);
    BatchLife.log(tx, batch, BatchEvent.Kind.DELETED, now);
    walk(tx, batch.with(run), now);
  }

  /** Its tasks are handed out no more, and the first page of its walk is done. */
  private void walk(Transaction tx, Batch batch, Instant now) {
    tx.batches().update(batch);
    life.close(tx, batch, now);
    walk.page(tx, batch, now);
  }

  /** Does one more thing to all tasks, from the first on, beside what is being done to them. */
  private void walkAlso(Transaction tx, Batch batch, BatchWalkState.Kind kind, Instant now) {
    BatchWalkState more = batch.run().walk().and(kind);
    Batch walked = batch.with(batch.run().with(more, now));
    tx.batches().update(walked);
    walk.page(tx, walked, now);
  }

  void edit(Transaction tx, Batch batch, BatchEdit edit, Instant now, Instant calendar) {
    boolean amends = edit.priority().isPresent() || edit.deadline().isMentioned();
    boolean over = batch.state().isFinished() || batch.state() == BatchState.CANCELLING;
    if (over && (amends || edit.maxConcurrency().isPresent())) {
      throw BatchLife.invalid(batch.id(), batch.state(), "changed");
    }
    BatchLife.checkDeadline(edit.deadline().value(), calendar);
    Batch edited = batch.with(edited(batch.about(), edit));
    tx.batches().update(edited);
    BatchLife.log(tx, edited, BatchEvent.Kind.EDITED, now);
    if (edit.maxConcurrency().isPresent() && edited.state() == BatchState.RUNNING) {
      life.close(tx, edited, now);
      life.open(tx, edited, now);
    }
    if (amends) {
      walkAlso(tx, edited, BatchWalkState.Kind.AMEND, now);
    }
  }

  private static Batch.About edited(Batch.About about, BatchEdit edit) {
    BatchConfig config = about.config();
    return new Batch.About(
        edit.name().orElse(about.name()),
        edit.description().orElse(about.description()),
        config.with(
            edit.maxConcurrency().orElse(config.maxConcurrency()),
            edit.priority().orElse(config.priority()),
            edit.deadline().of(config.deadline())),
        about.createdAt());
  }
}
