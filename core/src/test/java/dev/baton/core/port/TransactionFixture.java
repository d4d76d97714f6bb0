package dev.baton.core.port;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.ListOrder;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every kind of change that a transaction can make, and everything that they can touch. */
abstract class TransactionFixture extends StoreFixture {
  private static final ModelName MODEL = new ModelName("m");
  private static final RequestRows.Name REQUEST = new RequestRows.Name(TENANT, "POST /x", "k");
  private static final RequestRows.Kept KEPT = new RequestRows.Kept("f", NOW, Optional.empty());

  /** A change that some part of a transaction can make to a task that is leased. */
  protected record Change(String name, Changing changing) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes a change. */
  @FunctionalInterface
  protected interface Changing {
    void to(Transaction tx, TaskRow row);
  }

  protected static Stream<Change> changes() {
    KeyRows.Key key = new KeyRows.Key(TENANT, "", "k");
    return Stream.of(
        new Change("insert", (tx, row) -> tx.tasks().insert(List.of(readyTask("new")))),
        new Change(
            "update",
            (tx, row) ->
                tx.tasks().update(List.of(row.with(row.leaseState().succeeded(NOW_MILLIS + 5))))),
        new Change("amend", (tx, row) -> tx.tasks().amend(row, Prompt.of("other"))),
        new Change("prune", (tx, row) -> tx.tasks().prune(NOW.plusSeconds(9), 0, 100)),
        new Change(
            "result",
            (tx, row) ->
                tx.answers().insert(List.of(Result.of(row.seq(), Completion.of("a"), NOW)))),
        new Change("removeResult", (tx, row) -> tx.answers().removeResult(row.seq() - 1)),
        new Change(
            "alternative",
            (tx, row) -> tx.answers().addAlternative(row.seq(), Completion.of("b"), NOW, 2)),
        new Change("attempt", (tx, row) -> tx.answers().addAttempt(row.seq(), attempt(row))),
        new Change("progress", (tx, row) -> tx.answers().putProgress(row.seq(), progress())),
        new Change(
            "chunk", (tx, row) -> tx.answers().addChunks(row.seq(), List.of(new Chunk(1, 1, "c")))),
        new Change("key", (tx, row) -> tx.keys().put(key, new KeyRows.Use(row.seq(), "", NOW))),
        new Change("pruneKeys", (tx, row) -> tx.keys().prune(NOW.plusSeconds(9), 10)),
        new Change("gate", (tx, row) -> tx.gates().put(new Gate(TENANT, GATE, 3, 1, false))),
        new Change("pause", (tx, row) -> tx.queues().setPaused(TENANT, QUEUE, true)),
        new Change("resume", (tx, row) -> tx.queues().setPaused(TENANT, OTHER_QUEUE, false)),
        new Change("event", (tx, row) -> tx.log(event(row))),
        new Change("batch", (tx, row) -> tx.batches().insert(batch("new"), Optional.empty())),
        new Change(
            "batchState",
            (tx, row) -> {
              Batch old = tx.batches().find(TENANT, new BatchId("old")).orElseThrow();
              tx.batches().update(old.with(old.run().started(NOW)));
            }),
        new Change(
            "batchCount",
            (tx, row) -> tx.batches().count(TENANT, new BatchId("old"), Kind.READY, 1)),
        new Change(
            "batchRemoval",
            (tx, row) ->
                tx.batches().remove(tx.batches().find(TENANT, new BatchId("old")).orElseThrow())),
        new Change("removal", (tx, row) -> tx.removals().remove(row)),
        new Change("tombstone", (tx, row) -> tx.removals().bury(TENANT, row.id(), NOW)),
        new Change("request", (tx, row) -> tx.requests().put(REQUEST, KEPT)),
        new Change("origin", (tx, row) -> tx.requests().putOrigin(row.seq(), "r")),
        new Change(
            "stat", (tx, row) -> tx.stats().add(TENANT, NOW, Optional.empty(), Stats.failure())),
        new Change("modelPause", (tx, row) -> tx.pauses().put(new ModelPause(MODEL, NOW, "why"))),
        new Change("webhook", (tx, row) -> tx.webhooks().put(webhook("new"))),
        new Change(
            "delivery",
            (tx, row) ->
                tx.webhooks().put(Delivery.of(webhook("old"), "m", "task.created", "{}", NOW))),
        new Change("cursor", (tx, row) -> tx.webhooks().moveCursor(1)),
        new Change("schedule", (tx, row) -> tx.schedules().insert(schedule("new"))),
        new Change("count", (tx, row) -> tx.counts().add(TENANT, Kind.READY, 1)),
        new Change("pruneEvents", (tx, row) -> tx.events().prune(2, 10)));
  }

  private static Attempt attempt(TaskRow row) {
    return new Attempt(1, row.lease(), NOW, Attempt.Outcome.EXPIRED, Optional.empty());
  }

  private static Batch batch(String id) {
    return new Batch(
        0,
        TENANT,
        new BatchId(id),
        new Batch.About("name", "about", BatchConfig.DEFAULT, NOW),
        Batch.Run.importing(NOW));
  }

  private static Webhook webhook(String id) {
    return new Webhook(
        TENANT,
        id,
        "https://a.example/",
        "s",
        Set.of(WebhookTopic.TASK_CREATED),
        "",
        NOW,
        Optional.empty(),
        0);
  }

  private static Schedule schedule(String id) {
    Plan plan =
        new Plan(
            "name",
            Cron.parse("0 9 * * *"),
            ZoneOffset.UTC,
            new Plan.Files("in.csv", Optional.empty(), true),
            BatchConfig.DEFAULT,
            false,
            true,
            new Plan.Rules(Plan.Missed.ONCE, Plan.Overlap.SKIP));
    return new Schedule(
        0, TENANT, new ScheduleId(id), plan, NOW, Optional.empty(), Optional.of(NOW));
  }

  private static Progress progress() {
    return new Progress(50, "half");
  }

  protected static TaskEvent event(TaskRow row) {
    return new TaskEvent(TENANT, row.id(), TaskEvent.Kind.LEASED, 1, NOW);
  }

  /** A task that is over with its result, a leased one, an event, a key and a paused queue. */
  protected final TaskRow filled() {
    return write(
        tx -> {
          List<TaskRow> rows =
              tx.tasks()
                  .insert(
                      List.of(
                          task("done", terms(QUEUE, 1), over(NOW)),
                          task("held", terms(QUEUE, 2), leased(NOW.plusSeconds(60)))));
          TaskRow done = rows.get(0);
          tx.answers().insert(List.of(Result.of(done.seq(), Completion.of("answer"), NOW)));
          tx.keys().put(new KeyRows.Key(TENANT, "", "old"), new KeyRows.Use(done.seq(), "", NOW));
          tx.queues().setPaused(TENANT, OTHER_QUEUE, true);
          tx.batches().insert(batch("old"), Optional.empty());
          tx.batches().count(TENANT, new BatchId("old"), Kind.HELD, 2);
          tx.webhooks().put(webhook("old"));
          tx.log(event(done));
          tx.log(event(rows.get(1)));
          return rows.get(1);
        });
  }

  /** Everything that {@link #changes} can touch. */
  protected final List<Object> everything(TaskRow row) {
    return read(
        tx ->
            List.of(
                tx.tasks().list(TENANT, TaskRows.Filter.ALL, Long.MAX_VALUE, 100),
                tx.tasks().find(row.seq()).map(found -> tx.tasks().prompt(found.seq())),
                tx.answers().result(row.seq() - 1),
                tx.answers().result(row.seq()),
                tx.answers().alternatives(row.seq()),
                tx.answers().attempts(row.seq()),
                tx.answers().progress(row.seq()),
                tx.answers().chunks(row.seq(), 0, 0, 10),
                tx.keys().find(new KeyRows.Key(TENANT, "", "old")),
                tx.keys().find(new KeyRows.Key(TENANT, "", "k")),
                tx.gates().find(TENANT, GATE),
                tx.queues().paused(TENANT),
                tx.counts().of(TENANT),
                tx.batches()
                    .list(TENANT, EnumSet.allOf(BatchState.class), ListOrder.NEWEST_FIRST, 0, 9),
                tx.batches().tally(TENANT, new BatchId("old")),
                tx.removals().isBuried(TENANT, row.id()),
                tx.requests().find(REQUEST),
                tx.requests().origin(row.seq()),
                tx.stats().list(TENANT, NOW.minusSeconds(999), NOW.plusSeconds(999)),
                tx.pauses().all(),
                tx.webhooks().list(TENANT, 0, 9),
                tx.webhooks().deliveries(TENANT, "old", 0, 9),
                tx.webhooks().cursor(),
                tx.schedules().list(TENANT, ScheduleRows.Filter.ALL, ListOrder.NEWEST_FIRST, 0, 9),
                tx.events().after(0, 100),
                tx.events().last()));
  }
}
