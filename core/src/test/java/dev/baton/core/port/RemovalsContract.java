package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tasks that go before their time. */
public abstract class RemovalsContract extends StoreFixture {

  @Test
  void task_removed_isGoneWithAllThatBelongsToIt_andItsIdIsFree() {
    Instant until = NOW.plusSeconds(60);
    TaskRow row = insert(task("a", terms(QUEUE, 0), leased(until)));
    TaskRow other = insert(readyTask("b"));
    run(
        tx -> {
          tx.answers().putProgress(row.seq(), new Progress(5, "half"));
          tx.requests().putOrigin(row.seq(), "r");
        });

    run(tx -> tx.removals().remove(row));

    assertThat(reading().tasks().find(row.seq())).isEmpty();
    assertThat(writing().tasks().find(TENANT, List.of(row.id()))).isEmpty();
    assertThat(reading().tasks().expired(until, 9)).isEmpty();
    assertThat(reading().answers().progress(row.seq())).isEmpty();
    assertThat(reading().requests().origin(row.seq())).isEmpty();
    assertThat(reading().tasks().find(other.seq())).isPresent();
    assertThat(insert(readyTask("a")).seq()).isGreaterThan(other.seq());
  }

  @Test
  void number_ofARemovedTask_isNotGivenAgain() {
    List<Long> given = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      TaskRow row = insert(task(id, terms(QUEUE, 0), over(NOW)));
      given.add(row.seq());
      if (id.equals("b")) {
        run(tx -> tx.removals().remove(row));
      } else {
        run(tx -> tx.tasks().prune(NOW.plusSeconds(1), 0, 10));
      }
    }
    given.add(insert(readyTask("d")).seq());

    assertThat(given).isSorted().doesNotHaveDuplicates();
    assertThat(reading().tasks().list(TENANT, TaskRows.Filter.ALL, Long.MAX_VALUE, 9)).hasSize(1);
  }

  @Test
  void buried_isRememberedByTenant_untilItIsPruned() {
    TaskId id = new TaskId("a");
    run(tx -> tx.removals().bury(TENANT, id, NOW));
    run(tx -> tx.removals().bury(TENANT, id, NOW.plusMillis(1)));
    run(tx -> tx.removals().bury(OTHER_TENANT, new TaskId("b"), NOW));

    assertThat(reading().removals().isBuried(TENANT, id)).isTrue();
    assertThat(reading().removals().isBuried(OTHER_TENANT, id)).isFalse();
    assertThat(writing().removals().prune(NOW.plusMillis(1), 9)).isEqualTo(1);
    assertThat(reading().removals().isBuried(TENANT, id)).isTrue();
    assertThat(writing().removals().prune(NOW.plusMillis(2), 9)).isEqualTo(1);
    assertThat(reading().removals().isBuried(TENANT, id)).isFalse();
  }

  @Test
  void key_ofARemovedTask_leadsToNoOther() {
    KeyRows.Key key = new KeyRows.Key(TENANT, "request:x", "k");
    TaskRow row = insert(readyTask("a"));
    run(tx -> tx.keys().put(key, new KeyRows.Use(row.seq(), "f", NOW)));

    run(tx -> tx.removals().remove(row));
    TaskRow next = insert(readyTask("b"));

    assertThat(reading().keys().find(key).map(KeyRows.Use::seq))
        .isNotEqualTo(Optional.of(next.seq()));
  }
}
