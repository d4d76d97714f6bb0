package dev.baton.core.usecase.batch;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Rank;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchRows.Keyed;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Submission;
import dev.baton.core.port.Transaction;
import dev.baton.core.runtime.Blocking;
import dev.baton.core.usecase.idempotency.IdempotencyKeys;
import dev.baton.core.usecase.task.TaskIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores a batch's rows once all of them have been checked, page by page, into a batch that nobody
 * sees until its last page. Blocks: runs on the thread that reads the rows.
 */
final class BatchImport {
  /** Rows stored by one transaction: others get their turn in between. */
  static final int PAGE = 500;

  /** UTF-16 units after which a page is full. */
  private static final int PAGE_TEXT_MAX = 1 << 20;

  private final BatchParts parts;
  private final Store store;
  private final InstantSource clock;
  private final TenantId tenant;
  private final NewBatch asked;
  private final BatchId id;
  private final Instant createdAt;

  /** Milliseconds by which the clock of leases, which ranks, is ahead of the wall clock. */
  private final long ahead;

  BatchImport(BatchParts parts, TenantId tenant, NewBatch asked) {
    this.parts = parts;
    this.store = parts.store();
    this.clock = parts.clock();
    this.tenant = tenant;
    this.asked = asked;
    this.createdAt = parts.calendar().instant();
    this.ahead = Duration.between(createdAt, clock.instant()).toMillis();
    this.id =
        asked
            .id()
            .orElseGet(() -> new BatchId(TaskIds.next(clock.instant(), parts.random()).value()));
  }

  /** Checks all, then stores all; a refusal leaves nothing behind. */
  CreatedBatch run(BatchInput input) {
    new BatchRemains(parts, tenant).remove(id);
    Optional<CreatedBatch> before = Blocking.on(store.read(this::known));
    if (before.isPresent()) {
      return before.get();
    }
    BatchCheck check = new BatchCheck(parts, tenant, asked.config());
    long rows = check.check(input);
    try {
      CreatedBatch created = importAll(input.rows(), rows);
      return created.replayed() ? created : created.naming(check.others());
    } catch (RuntimeException | Error e) {
      removeRest();
      throw e;
    }
  }

  private CreatedBatch importAll(BatchInput.Rows rows, long expected) {
    CreatedBatch created = null;
    long stored = 0;
    while (created == null) {
      List<NewTask> page = page(rows);
      boolean first = stored == 0;
      stored += page.size();
      boolean last = stored >= expected;
      if (page.isEmpty() || stored > expected) {
        throw new BatonException(
            ErrorCode.VALIDATION_FAILED, "the rows changed while they were read");
      }
      created =
          Blocking.on(store.write(Urgency.SUBMIT, tx -> store(tx, page, first, last))).orElse(null);
    }
    if (!created.replayed()) {
      parts.counters().submitted(stored);
    }
    return created;
  }

  private static List<NewTask> page(BatchInput.Rows rows) {
    List<NewTask> page = new ArrayList<>(PAGE);
    long length = 0;
    while (page.size() < PAGE && length < PAGE_TEXT_MAX) {
      Optional<NewTask> next = rows.next().flatMap(BatchInput.Row::task);
      if (next.isEmpty()) {
        break;
      }
      length += next.get().prompt().length();
      page.add(next.get());
    }
    return page;
  }

  /** The batch that this request made before, or a refusal when the name stands for another. */
  private Optional<CreatedBatch> known(Transaction tx) {
    Optional<CreatedBatch> repeated =
        asked
            .idempotencyKey()
            .flatMap(
                key ->
                    tx.batches()
                        .findByKey(tenant, key)
                        .filter(keyed -> isFresh(keyed.batch()))
                        .map(keyed -> repeated(tx, keyed, key)));
    Optional<Batch> named = repeated.isPresent() ? Optional.empty() : tx.batches().find(tenant, id);
    if (named.isPresent()) {
      throw new BatonException(
          ErrorCode.BATCH_EXISTS,
          named.get().state().isVisible()
              ? "batch " + id + " exists"
              : "batch " + id + " is being created or deleted; try again");
    }
    return repeated;
  }

  private boolean isFresh(Batch batch) {
    Instant now = clock.instant();
    boolean stands = batch.state().isVisible() || parts.walk().isImporting(batch, now);
    return stands
        && new IdempotencyKeys(parts.settings().keyRetention())
            .stands(batch.about().createdAt(), parts.calendar().instant());
  }

  private static CreatedBatch repeated(Transaction tx, Keyed keyed, IdempotencyKey key) {
    IdempotencyKeys.checkSame(keyed.fingerprint(), key.fingerprint());
    if (!keyed.batch().state().isVisible()) {
      throw IdempotencyKeys.reused(
          "a request with this idempotency key is under way; repeat it later");
    }
    return new CreatedBatch(BatchView.of(tx, keyed.batch()), true, List.of());
  }

  /** Stores a page; the whole batch's answer with the last one. */
  private Optional<CreatedBatch> store(
      Transaction tx, List<NewTask> page, boolean first, boolean last) {
    Instant now = clock.instant();
    if (first) {
      Optional<CreatedBatch> before = known(tx);
      if (before.isPresent()) {
        return before;
      }
      begin(tx, now);
    }
    Batch batch =
        tx.batches()
            .find(tenant, id)
            .filter(found -> found.state() == BatchState.IMPORTING)
            .orElseThrow(
                () ->
                    new BatonException(
                        ErrorCode.OVERLOADED, "the import took too long; nothing is kept"));
    insert(tx, batch, page, now);
    Batch.Run run = batch.run();
    if (!last) {
      tx.batches().update(batch.with(run.with(run.walk(), now)));
      return Optional.empty();
    }
    Batch created = batch.with(run.in(BatchState.CREATED, now).with(BatchWalkState.NONE, now));
    tx.batches().update(created);
    BatchLife.log(tx, created, BatchEvent.Kind.CREATED, now);
    return Optional.of(new CreatedBatch(BatchView.of(tx, created), false, List.of()));
  }

  private void begin(Transaction tx, Instant now) {
    Batch.About about =
        new Batch.About(asked.name(), asked.description(), asked.config(), createdAt);
    tx.batches()
        .insert(new Batch(0, tenant, id, about, Batch.Run.importing(now)), asked.idempotencyKey());
    tx.gates().put(new Gate(tenant, id.gate(), 0, 0, false));
  }

  private void insert(Transaction tx, Batch batch, List<NewTask> page, Instant now) {
    checkIds(tx, page);
    List<Submission> submissions = new ArrayList<>(page.size());
    for (NewTask task : page) {
      submissions.add(submission(batch, task, now));
    }
    List<TaskRow> rows = parts.transitions().insert(tx, submissions, now);
    for (int i = 0; i < rows.size(); i++) {
      TaskRow row = rows.get(i);
      page.get(i)
          .idempotencyKey()
          .ifPresent(key -> IdempotencyKeys.put(tx, tenant, key, row.seq(), now));
    }
  }

  /** Somebody else may have taken a name since it was checked. */
  private void checkIds(Transaction tx, List<NewTask> page) {
    List<TaskId> ids = page.stream().flatMap(task -> task.id().stream()).toList();
    if (!ids.isEmpty()) {
      tx.tasks().find(tenant, ids).keySet().stream()
          .findFirst()
          .ifPresent(
              taken -> {
                throw new BatonException(ErrorCode.TASK_EXISTS, "task " + taken + " exists");
              });
    }
  }

  private Submission submission(Batch batch, NewTask task, Instant now) {
    BatchConfig config = batch.about().config();
    Priority priority = task.priority().orElse(config.priority());
    Optional<Instant> deadline = task.deadline().or(config::deadline);
    Instant submittedAt = batch.about().createdAt();
    Terms terms =
        new Terms(
            task.queue().orElse(config.queue()),
            priority,
            Rank.of(submittedAt, priority, deadline, parts.settings().headStart()) + ahead,
            submittedAt,
            deadline,
            task.retry().orElse(BatchLife.retry(config)),
            Optional.of(id.gate()),
            Optional.empty(),
            task.model().or(config::model),
            Optional.of(id));
    Prompt prompt = BatchLife.asked(task.prompt(), config);
    TaskId taskId = task.id().orElseGet(() -> TaskIds.next(now, parts.random()));
    LeaseState leaseState =
        LeaseState.submitted(Kind.HELD, startAt(task, now), false, now.toEpochMilli());
    return new Submission(new TaskRow(0, tenant, taskId, terms, leaseState), prompt);
  }

  /** Epoch milliseconds before which it is held whatever its batch does, or 0. */
  private static long startAt(NewTask task, Instant now) {
    return task.startAt().filter(at -> at.isAfter(now)).map(Instant::toEpochMilli).orElse(0L);
  }

  /** What was stored goes; should that fail as well, the sweep will find it. */
  private void removeRest() {
    var unused =
        store.write(
            Urgency.CARRY,
            tx -> {
              tx.batches()
                  .find(tenant, id)
                  .filter(batch -> batch.state() == BatchState.IMPORTING)
                  .ifPresent(batch -> BatchWalk.abandon(tx, batch, clock.instant()));
              return true;
            });
  }
}
