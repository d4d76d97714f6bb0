package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskRows.Pruned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the passing of time asks for: exactly at its instant, longest ago first. */
public abstract class DueRowsContract extends StoreFixture {

  @Test
  void expired_atTheInstantOfExpiry_andNotBefore() {
    insertAll(
        task("later", terms(QUEUE, 1), leased(NOW.plusMillis(1_000))),
        task("sooner", terms(QUEUE, 2), leased(NOW.plusMillis(500))),
        task("held", terms(QUEUE, 2), held(NOW_MILLIS + 1)),
        task("again", terms(QUEUE, 2), leased(NOW.plusMillis(1)).expired(NOW_MILLIS + 1)));

    assertThat(expired(NOW.plusMillis(499))).isEmpty();
    assertThat(expired(NOW.plusMillis(500))).containsExactly("sooner");
    assertThat(expired(NOW.plusMillis(1_000))).containsExactly("sooner", "later");
    assertThat(ids(reading().tasks().expired(NOW.plusSeconds(9), 1))).containsExactly("sooner");
  }

  private List<String> expired(Instant now) {
    return ids(reading().tasks().expired(now, 10));
  }

  @Test
  void startable_atTheStartTime_andNotBefore() {
    insertAll(
        task("later", terms(QUEUE, 1), held(NOW_MILLIS + 1_000)),
        task("sooner", terms(QUEUE, 2), held(NOW_MILLIS + 500)),
        task("gated", behindGate(GATE, 1), held(0)));

    assertThat(startable(NOW.plusMillis(499))).isEmpty();
    assertThat(startable(NOW.plusMillis(500))).containsExactly("sooner");
    assertThat(startable(NOW.plusMillis(1_000))).containsExactly("sooner", "later");
    assertThat(ids(reading().tasks().startable(NOW.plusSeconds(9), 1))).containsExactly("sooner");
  }

  private List<String> startable(Instant now) {
    return ids(reading().tasks().startable(now, 10));
  }

  @Test
  void overdue_atTheDeadlineWhileNotOver_andNotBefore() {
    insertAll(
        task("ready", withDeadline(NOW.plusMillis(500)), ready()),
        task("leased", withDeadline(NOW.plusMillis(500)), leased(NOW.plusSeconds(9))),
        task("held", withDeadline(NOW.plusMillis(500)), held(NOW_MILLIS + 400)),
        task("later", withDeadline(NOW.plusMillis(501)), ready()),
        task("over", withDeadline(NOW.plusMillis(1)), over(NOW)),
        task("dead", withDeadline(NOW.plusMillis(1)), ready().dead(NOW_MILLIS)),
        task("cancelled", withDeadline(NOW.plusMillis(1)), ready().cancelled(NOW_MILLIS)),
        readyTask("none"));

    assertThat(overdue(NOW.plusMillis(499), 9)).isEmpty();
    assertThat(overdue(NOW.plusMillis(500), 9))
        .containsExactlyInAnyOrder("ready", "leased", "held");
    assertThat(overdue(NOW.plusMillis(501), 9)).hasSize(4).contains("later");
    assertThat(overdue(NOW.plusMillis(501), 2)).hasSize(2);
  }

  private List<String> overdue(Instant now, int max) {
    return ids(reading().tasks().overdue(now, max));
  }

  @Test
  void heldBehind_isInOrderOfRankThenNumber() {
    insertAll(
        task("second", behindGate(GATE, 20), held(0)),
        task("first", behindGate(GATE, 10), held(0)),
        task("third", behindGate(GATE, 20), held(0)),
        task("rests", behindGate(GATE, 1), held(NOW_MILLIS + 9)),
        task("ready", behindGate(GATE, 1), ready()),
        task("over", behindGate(GATE, 1), over(NOW)),
        task("elsewhere", behindGate(new GateId("batch:2"), 1), held(0)));

    assertThat(ids(reading().tasks().heldBehind(TENANT, GATE, 9)))
        .containsExactly("first", "second", "third");
    assertThat(ids(reading().tasks().heldBehind(TENANT, GATE, 2)))
        .containsExactly("first", "second");
  }

  @Test
  void nextDue_isTheEarliestOfLeaseStartAndDeadline() {
    assertThat(nextDue()).isEmpty();
    insertAll(
        readyTask("undated"),
        task("held", behindGate(GATE, 1), held(0)),
        task("over", withDeadline(NOW.plusMillis(1)), over(NOW)));
    assertThat(nextDue()).isEmpty();

    insert(task("deadline", withDeadline(NOW.plusMillis(900)), ready()));
    assertThat(nextDue()).contains(NOW.plusMillis(900));
    insert(task("lease", terms(QUEUE, 1), leased(NOW.plusMillis(800))));
    assertThat(nextDue()).contains(NOW.plusMillis(800));
    TaskRow start = insert(task("start", terms(QUEUE, 1), held(NOW_MILLIS + 700)));
    assertThat(nextDue()).contains(NOW.plusMillis(700));

    run(
        tx ->
            tx.tasks()
                .update(List.of(start.with(start.leaseState().waiting(asReady(), NOW_MILLIS)))));
    assertThat(nextDue()).contains(NOW.plusMillis(800));
  }

  private Optional<Instant> nextDue() {
    return reading().tasks().nextDue();
  }

  @Test
  void prune_removesWhatWasOverBeforeTheCutoff_andNothingElse() {
    insertAll(
        task("old", terms(QUEUE, 1), over(NOW)),
        task("cutoff", terms(QUEUE, 1), over(NOW.plusMillis(10))),
        task("dead", terms(QUEUE, 1), ready().dead(NOW_MILLIS)),
        task("cancelled", terms(QUEUE, 1), ready().cancelled(NOW_MILLIS)),
        task("held", terms(QUEUE, 1), held(0)),
        task("ready", terms(QUEUE, 1), ready()),
        task("leased", terms(QUEUE, 1), leased(NOW.plusMillis(1))));

    Pruned pruned = writing().tasks().prune(NOW.plusMillis(10), 0, 100);

    assertThat(pruned.count()).isEqualTo(3);
    assertThat(ids(reading().tasks().list(TENANT, TaskRows.Filter.ALL, Long.MAX_VALUE, 9)))
        .containsExactly("leased", "ready", "held", "cutoff");
  }

  @Test
  void prune_byPage_looksAtEachTaskOnce() {
    for (int i = 0; i < 7; i++) {
      insert(task("t" + i, terms(QUEUE, 1), i % 2 == 0 ? over(NOW) : ready()));
    }
    insert(readyTask("newest"));

    int removed = 0;
    long after = 0;
    int pages = 0;
    while (pages < 20) {
      long from = after;
      Pruned page = writing().tasks().prune(NOW.plusSeconds(1), from, 3);
      removed += page.count();
      pages++;
      if (page.lastSeq().isEmpty()) {
        break;
      }
      assertThat(page.lastSeq().get()).isGreaterThan(from);
      after = page.lastSeq().get();
    }

    assertThat(removed).isEqualTo(4);
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void prune_takesAllThatBelongsToTheTask() {
    TaskRow old = insert(task("old", terms(QUEUE, 1), leased(NOW.plusSeconds(1))));
    KeyRows.Key key = new KeyRows.Key(TENANT, "", "k");
    TaskRow newest = insert(readyTask("newest"));
    KeyRows.Key kept = new KeyRows.Key(TENANT, "", "kept");
    run(
        tx -> {
          tx.tasks().update(List.of(old.with(old.leaseState().succeeded(NOW_MILLIS))));
          tx.answers().insert(List.of(Result.of(old.seq(), Completion.of("answer"), NOW)));
          tx.answers().addAlternative(old.seq(), Completion.of("other"), NOW, 3);
          tx.answers()
              .addAttempt(
                  old.seq(),
                  new Attempt(1, old.lease(), NOW, Attempt.Outcome.EXPIRED, Optional.empty()));
          tx.answers().putProgress(old.seq(), new Progress(1, ""));
          tx.answers().addChunks(old.seq(), List.of(new Chunk(1, 1, "c")));
          tx.keys().put(key, new KeyRows.Use(old.seq(), "", NOW));
          tx.keys().put(kept, new KeyRows.Use(newest.seq(), "", NOW));
          tx.gates().put(new Gate(TENANT, GATE, 1, 0, false));
        });

    run(tx -> tx.tasks().prune(NOW.plusSeconds(1), 0, 10));

    run(
        tx -> {
          assertThat(tx.tasks().find(old.seq())).isEmpty();
          assertThat(tx.tasks().find(TENANT, List.of(old.id()))).isEmpty();
          assertThat(tx.answers().result(old.seq())).isEmpty();
          assertThat(tx.answers().alternatives(old.seq())).isEmpty();
          assertThat(tx.answers().attempts(old.seq())).isEmpty();
          assertThat(tx.answers().progress(old.seq())).isEmpty();
          assertThat(tx.answers().chunks(old.seq(), 0, 0, 9)).isEmpty();
          assertThat(tx.keys().find(key)).isEmpty();
          assertThat(tx.keys().find(kept)).isPresent();
          assertThat(tx.gates().find(TENANT, GATE)).isPresent();
          assertThat(tx.tasks().prompt(newest.seq())).isEqualTo(Prompt.of("prompt of newest"));
        });
    assertThat(insert(readyTask("old")).id()).isEqualTo(new TaskId("old"));
  }
}
