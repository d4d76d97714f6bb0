package dev.baton.core.usecase.batch;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.domain.error.RowTakenException;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchInput.Row;
import dev.baton.core.port.Store;
import dev.baton.core.port.Transaction;
import dev.baton.core.runtime.Blocking;
import dev.baton.core.usecase.idempotency.IdempotencyKeys;
import dev.baton.core.usecase.model.Models;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first pass over a batch's rows: whether each can be stored. Stores nothing, removes what is
 * left of other batches that hold its ids, and keeps eight bytes of each name. Blocks; used once.
 */
final class BatchCheck {
  /** Rows of one batch. */
  static final int ROWS_MAX = 1_000_000;

  /** Names that are looked up together. */
  private static final int NAMES_PAGE = 500;

  /** Problems that are told of, at most. */
  private static final int PROBLEMS_MAX = 20;

  private final Store store;
  private final InstantSource clock;
  private final InstantSource calendar;
  private final IdempotencyKeys keys;
  private final Models models;
  private final TenantId tenant;
  private final BatchConfig config;
  private final HashedNames names;
  private final BatchRemains remains;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Row> named = new ArrayList<>();
  private final Set<String> others = new LinkedHashSet<>();

  /**
   * @param config says what rows do not
   */
  BatchCheck(BatchParts parts, TenantId tenant, BatchConfig config) {
    this.models = parts.models();
    this.config = config;
    this.store = parts.store();
    this.clock = parts.clock();
    this.calendar = parts.calendar();
    this.keys = new IdempotencyKeys(parts.settings().keyRetention());
    this.tenant = tenant;
    this.remains = new BatchRemains(parts, tenant);
    this.names = new HashedNames(parts.random().nextInt());
  }

  /**
   * How many rows there are, all of which can be stored.
   *
   * @throws BatonException of {@link ErrorCode#BATCH_TOO_LARGE}, {@link ErrorCode#TASK_EXISTS} or
   *     {@link ErrorCode#IDEMPOTENCY_KEY_REUSED}; an {@link InvalidRowsException} when rows are
   *     wrong or there are none
   */
  long check(BatchInput input) {
    BatchInput.Rows rows = input.rows();
    long count = 0;
    for (Optional<Row> next = rows.next(); next.isPresent(); next = rows.next()) {
      Row row = next.get();
      count++;
      if (count > ROWS_MAX) {
        throw new BatonException(
            ErrorCode.BATCH_TOO_LARGE,
            "line %d: a batch has at most %d tasks".formatted(row.line(), ROWS_MAX));
      }
      check(row);
      if (problems.size() >= PROBLEMS_MAX) {
        throw new InvalidRowsException(problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRowsException(problems);
    }
    if (count == 0) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "a batch has at least one task");
    }
    checkNamed();
    return count;
  }

  /** Names that rows had and that mean nothing here, some of them. */
  Set<String> others() {
    return others;
  }

  private void check(Row row) {
    row.others().stream()
        .filter(name -> others.size() < CreatedBatch.OTHERS_MAX)
        .forEach(others::add);
    row.problem()
        .or(() -> row.task().flatMap(this::deadlineProblem))
        .or(() -> row.task().flatMap(this::modelProblem))
        .ifPresent(problem -> problems.add(new Problem(row.line(), problem)));
    row.task()
        .filter(task -> task.id().isPresent() || task.idempotencyKey().isPresent())
        .ifPresent(task -> checkNames(row, task));
  }

  private Optional<String> deadlineProblem(NewTask task) {
    return task.deadline()
        .filter(at -> !at.isAfter(calendar.instant()))
        .map(at -> "the deadline has passed");
  }

  private Optional<String> modelProblem(NewTask task) {
    return models.problem(
        task.model().or(config::model),
        BatchLife.asked(task.prompt(), config).parameters().maxTokens());
  }

  private void checkNames(Row row, NewTask task) {
    if (task.id().isPresent() && !names.add("id", task.id().get().value())) {
      problems.add(
          new Problem(row.line(), "the id " + task.id().get() + " is used by an earlier row"));
    }
    if (task.idempotencyKey().isPresent()
        && !names.add("key", task.idempotencyKey().get().value())) {
      problems.add(new Problem(row.line(), "the idempotency key is used by an earlier row"));
    }
    named.add(row);
    if (named.size() == NAMES_PAGE) {
      checkNamed();
    }
  }

  /** Whether the names of these rows are free in the store. */
  private void checkNamed() {
    if (!named.isEmpty()) {
      List<Row> page = List.copyOf(named);
      named.clear();
      Blocking.on(store.read(tx -> leaving(tx, page))).forEach(remains::remove);
      Blocking.on(store.read(tx -> checkNamed(tx, page)));
    }
  }

  /** Batches that go, and still hold ids of these rows. */
  private List<BatchId> leaving(Transaction tx, List<Row> page) {
    return tx.tasks().find(tenant, ids(page)).values().stream()
        .flatMap(row -> row.terms().batch().stream())
        .distinct()
        .flatMap(id -> tx.batches().find(tenant, id).stream())
        .filter(batch -> remains.isLeaving(batch, clock.instant()))
        .map(Batch::id)
        .toList();
  }

  private static List<TaskId> ids(List<Row> page) {
    return page.stream().flatMap(row -> row.task().orElseThrow().id().stream()).toList();
  }

  private boolean checkNamed(Transaction tx, List<Row> page) {
    var taken = tx.tasks().find(tenant, ids(page)).keySet();
    for (Row row : page) {
      NewTask task = row.task().orElseThrow();
      if (task.id().filter(taken::contains).isPresent()) {
        throw new RowTakenException(
            ErrorCode.TASK_EXISTS, row.line(), "task %s exists".formatted(task.id().get()));
      }
      if (task.idempotencyKey()
          .flatMap(key -> keys.find(tx, tenant, key, clock.instant()))
          .isPresent()) {
        throw new RowTakenException(
            ErrorCode.IDEMPOTENCY_KEY_REUSED,
            row.line(),
            "the idempotency key stands for another task");
      }
    }
    return true;
  }
}
