package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.TaskPages.Query;
import dev.baton.core.port.TaskPages.Sort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of tasks that people page through. */
public abstract class TaskPagesContract extends StoreFixture {
  private static final BatchId BATCH = new BatchId("b");
  private static final long UNTIL = NOW_MILLIS + 60_000;

  private static Terms terms(Instant at, Optional<BatchId> batch) {
    return new Terms(
        QUEUE,
        Priority.NORMAL,
        0,
        at,
        Optional.empty(),
        RetryPolicy.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        batch);
  }

  /** One task in each state; those with odd seconds belong to a batch. */
  private void insertStates() {
    List<LeaseState> leaseStates =
        List.of(
            held(0),
            ready(),
            ready().leased(WORKER, UNTIL, NOW_MILLIS),
            ready().succeeded(NOW_MILLIS),
            ready().dead(NOW_MILLIS),
            ready().cancelled(NOW_MILLIS));
    List<String> names = List.of("held", "ready", "leased", "succeeded", "dead", "cancelled");
    for (int i = 0; i < leaseStates.size(); i++) {
      Optional<BatchId> batch = i % 2 == 1 ? Optional.of(BATCH) : Optional.empty();
      insert(task(names.get(i), terms(NOW.plusSeconds(i), batch), leaseStates.get(i)));
    }
    insert(task(OTHER_TENANT, "foreign", terms(NOW, Optional.of(BATCH)), ready()));
  }

  private List<String> page(Query query, long skip, int max) {
    return ids(reading().pages().page(TENANT, query, skip, max));
  }

  private static Query of(Kind... states) {
    return new Query(
        Set.of(states), Optional.empty(), Optional.empty(), Optional.empty(), Sort.CREATED, false);
  }

  @Test
  void pages_ofAll_areNewestFirst_andCounted() {
    insertStates();

    assertThat(page(Query.ALL, 0, 9))
        .containsExactly("cancelled", "dead", "succeeded", "leased", "ready", "held");
    assertThat(page(Query.ALL, 4, 9)).containsExactly("ready", "held");
    assertThat(page(Query.ALL, 1, 2)).containsExactly("dead", "succeeded");
    assertThat(page(Query.ALL, 99_999_999_900L, 9)).isEmpty();
    assertThat(reading().pages().count(TENANT, Query.ALL)).isEqualTo(6);
    assertThat(reading().pages().count(OTHER_TENANT, Query.ALL)).isEqualTo(1);
  }

  @Test
  void pages_ofStates_holdThoseOnly() {
    insertStates();

    assertThat(page(of(Kind.HELD, Kind.READY), 0, 9)).containsExactly("ready", "held");
    assertThat(page(of(Kind.LEASED), 0, 9)).containsExactly("leased");
    assertThat(page(of(Kind.SUCCEEDED), 0, 9)).containsExactly("succeeded");
    assertThat(page(of(Kind.DEAD, Kind.CANCELLED), 0, 9)).containsExactly("cancelled", "dead");
    assertThat(reading().pages().count(TENANT, of(Kind.DEAD, Kind.CANCELLED))).isEqualTo(2);
    assertThat(reading().pages().count(TENANT, of(Kind.LEASED))).isEqualTo(1);
  }

  @Test
  void pages_ofABatch_holdItsTasksOnly() {
    insertStates();
    Query batch =
        new Query(
            Set.of(), Optional.of(BATCH), Optional.empty(), Optional.empty(), Sort.CREATED, true);
    Query ready =
        new Query(
            Set.of(Kind.READY),
            Optional.of(BATCH),
            Optional.empty(),
            Optional.empty(),
            Sort.CREATED,
            false);

    assertThat(page(batch, 0, 9)).containsExactly("ready", "succeeded", "cancelled");
    assertThat(page(ready, 0, 9)).containsExactly("ready");
    assertThat(reading().pages().count(TENANT, batch)).isEqualTo(3);
    assertThat(reading().pages().count(TENANT, ready)).isEqualTo(1);
  }

  @Test
  void pages_ofATime_leaveItsEndsOut() {
    insertStates();
    Query between =
        new Query(
            Set.of(),
            Optional.empty(),
            Optional.of(NOW.plusSeconds(1)),
            Optional.of(NOW.plusSeconds(4)),
            Sort.CREATED,
            true);

    assertThat(page(between, 0, 9)).containsExactly("leased", "succeeded");
    assertThat(reading().pages().count(TENANT, between)).isEqualTo(2);
  }

  @Test
  void pages_byId_areInTheOrderOfBytes() {
    insertAll(readyTask("b"), readyTask("B"), readyTask("a"), readyTask("a1"));
    Query ids =
        new Query(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Sort.ID, true);
    Query back =
        new Query(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Sort.ID, false);

    assertThat(page(ids, 0, 9)).containsExactly("B", "a", "a1", "b");
    assertThat(page(back, 1, 2)).containsExactly("a1", "a");
  }
}
