package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.port.TaskRows.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come back as they were given, and lists in the order stated. */
public abstract class TaskRowsContract extends StoreFixture {

  protected static Stream<Terms> allTerms() {
    RetryPolicy retry = new RetryPolicy(7, Duration.ofMillis(1), Duration.ofDays(30));
    Terms plain = terms(QUEUE, NOW_MILLIS);
    Terms full =
        new Terms(
            OTHER_QUEUE,
            Priority.URGENT,
            -5_000_000_000L,
            NOW.plusMillis(123),
            Optional.of(NOW.plusMillis(456)),
            retry,
            Optional.of(GATE),
            Optional.of(new DedupeKey("näme 名 \uD83D\uDE00 'x'", true)),
            Optional.of(new ModelName("meta/llama@3")),
            Optional.of(new BatchId("b:1")));
    return Stream.of(
        plain,
        full,
        plain.amended(Priority.LOW, Long.MAX_VALUE, Optional.empty()),
        plain.amended(Priority.HIGH, Long.MIN_VALUE, Optional.of(NOW)),
        new Terms(
            QUEUE,
            Priority.NORMAL,
            0,
            NOW,
            Optional.empty(),
            RetryPolicy.FOREVER,
            Optional.empty(),
            Optional.of(DedupeKey.of("firm")),
            Optional.empty(),
            Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("allTerms")
  void terms_comeBackAsGiven(Terms terms) {
    TaskRow row = insert(task("t", terms, ready()));

    assertThat(row.terms()).isEqualTo(terms);
    assertThat(row(row.seq())).isEqualTo(row);
    assertThat(reading().tasks().find(TENANT, List.of(row.id())))
        .containsOnly(Map.entry(row.id(), row));
  }

  protected static Stream<LeaseState> leaseStates() {
    WorkerId holder = new WorkerId("W.x_y:z-1");
    LeaseState waiting = new LeaseState(Kind.HELD, 3, 9, holder, 1, 2, 4, true, 5);
    return Stream.of(
        ready(),
        held(0),
        held(NOW_MILLIS + 1),
        waiting,
        leased(NOW.plusSeconds(60)),
        leased(NOW.plusSeconds(60)).extended(NOW_MILLIS + 99_000, NOW_MILLIS + 7),
        leased(NOW.plusSeconds(60)).expired(NOW_MILLIS + 60_000),
        leased(NOW.plusSeconds(60)).givenBack(asReady(), true, NOW_MILLIS + 2),
        leased(NOW.plusSeconds(60))
            .givenBack(new Waiting(Kind.HELD, NOW_MILLIS + 5, true), false, NOW_MILLIS + 2),
        leased(NOW.plusSeconds(60)).succeeded(NOW_MILLIS + 3),
        leased(NOW.plusSeconds(60)).dead(NOW_MILLIS + 3),
        leased(NOW.plusSeconds(60)).cancelled(NOW_MILLIS + 3),
        leased(NOW.plusSeconds(60)).dead(NOW_MILLIS + 3).redriven(asReady(), NOW_MILLIS + 4),
        new LeaseState(
            Kind.LEASED,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            holder,
            NOW_MILLIS,
            NOW_MILLIS + 1,
            0,
            true,
            NOW_MILLIS));
  }

  @ParameterizedTest
  @MethodSource("leaseStates")
  void leaseState_insertedSo_comesBack(LeaseState leaseState) {
    TaskRow row = insert(task("t", behindGate(GATE, 1), leaseState));

    assertThat(row.leaseState()).isEqualTo(leaseState);
    assertThat(row(row.seq()).leaseState()).isEqualTo(leaseState);
  }

  protected static Stream<List<LeaseState>> moves() {
    LeaseState ready = ready();
    LeaseState leased = ready.leased(WORKER, NOW_MILLIS + 60_000, NOW_MILLIS + 1);
    LeaseState again = leased.expired(NOW_MILLIS + 60_000);
    Waiting resting = new Waiting(Kind.HELD, NOW_MILLIS + 5, true);
    LeaseState dead = leased.dead(NOW_MILLIS + 3);
    return Stream.of(
        List.of(ready, leased),
        List.of(leased, leased.extended(NOW_MILLIS + 99_000, NOW_MILLIS + 7)),
        List.of(leased, again),
        List.of(again, again.leased(new WorkerId("second"), NOW_MILLIS + 90_000, NOW_MILLIS + 8)),
        List.of(leased, leased.givenBack(resting, true, NOW_MILLIS + 2)),
        List.of(leased, leased.givenBack(asReady(), false, NOW_MILLIS + 2)),
        List.of(leased, leased.succeeded(NOW_MILLIS + 3)),
        List.of(leased, dead),
        List.of(ready, ready.cancelled(NOW_MILLIS + 3)),
        List.of(held(0), held(0).waiting(new Waiting(Kind.READY, 0, true), NOW_MILLIS + 1)),
        List.of(held(9), held(9).succeeded(NOW_MILLIS + 1)),
        List.of(dead, dead.redriven(asReady(), NOW_MILLIS + 4)));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void update_anyMove_comesBackAndTouchesNothingElse(List<LeaseState> move) {
    TaskRow row = insert(task("t", behindGate(GATE, 1), move.get(0)));
    TaskRow bystander = insert(task("b", behindGate(GATE, 1), move.get(0)));

    run(tx -> tx.tasks().update(List.of(row.with(move.get(1)))));

    assertThat(row(row.seq())).isEqualTo(row.with(move.get(1)));
    assertThat(row(bystander.seq())).isEqualTo(bystander);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        " leading and trailing ",
        "line\nbreak\r\nand\ttab",
        "quotes ' \" \\ ; -- /* */ %s ?1 :name",
        "Grüße, 世界, \uD83D\uDC69\u200D\uD83D\uDCBB, e\u0301, \u202Ertl\u202C",
        "nul \u0000 inside",
        "\uFEFFbom and \uFFFD and \uFFFF"
      })
  void texts_anyCharacters_comeBackIdentical(String text) {
    Prompt prompt =
        new Prompt(text, new Metadata("{\"k\" : \"" + text.strip() + "\" , \"n\":1.0}"));

    TaskRow row = insert(new Submission(readyTask("t").row(), prompt));

    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(prompt);
    assertThat(reading().tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 1))
        .containsExactly(new Submission(row, prompt));
  }

  @Test
  void texts_ofAMegabyte_comeBackIdentical() {
    String long1 = "0123456789abcdé\n".repeat(64 * 1024);
    Prompt prompt = new Prompt(long1, new Metadata("{\"k\":\"" + "y".repeat(1 << 20) + "\"}"));

    TaskRow row = insert(new Submission(readyTask("t").row(), prompt));

    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(prompt);
  }

  @Test
  void amend_changesTermsAndPromptOnly() {
    TaskRow row = insert(readyTask("t"));
    TaskRow amended =
        row.with(row.terms().amended(Priority.HIGH, 17, Optional.of(NOW.plusSeconds(9))));
    Prompt prompt = new Prompt("changed", new Metadata("{\"a\":1}"));

    run(tx -> tx.tasks().amend(amended, prompt));

    assertThat(row(row.seq())).isEqualTo(amended);
    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(prompt);
  }

  @Test
  void insert_numbersInTheOrderGiven() {
    List<TaskRow> first = insertAll(readyTask("a"), readyTask("b"), readyTask("c"));
    TaskRow last = insert(readyTask("d"));

    assertThat(first).extracting(TaskRow::seq).isSorted().doesNotHaveDuplicates();
    assertThat(last.seq()).isGreaterThan(first.get(2).seq());
    assertThat(ids(first)).containsExactly("a", "b", "c");
  }

  @Test
  void insert_numbersAfterPruningOfTheNewest_areNotGivenTwice() {
    TaskRow gone = insert(task("gone", terms(QUEUE, 1), over(NOW)));
    run(tx -> tx.tasks().prune(NOW.plusSeconds(1), 0, 10));

    assertThat(insert(readyTask("next")).seq()).isGreaterThan(gone.seq());
  }

  @Test
  void find_severalIds_findsThoseThatExist() {
    List<TaskRow> rows = insertAll(readyTask("a"), readyTask("b"));

    assertThat(
            reading()
                .tasks()
                .find(TENANT, List.of(new TaskId("b"), new TaskId("x"), new TaskId("a"))))
        .containsOnly(
            Map.entry(new TaskId("a"), rows.get(0)), Map.entry(new TaskId("b"), rows.get(1)));
  }

  @Test
  void find_mapGiven_mayBeChangedByTheCaller() {
    TaskRow row = insert(readyTask("a"));

    run(
        tx -> {
          var rows = tx.tasks().find(TENANT, List.of(row.id()));
          rows.put(row.id(), row);
          assertThat(rows).hasSize(1);
        });
  }

  @Test
  void nextReady_overSeveralQueues_isInOrderOfRankThenNumber() {
    QueueName third = new QueueName("third");
    insertAll(
        task("q30", terms(QUEUE, 30), ready()),
        task("o10", terms(OTHER_QUEUE, 10), ready()),
        task("q20", terms(QUEUE, 20), ready()),
        task("o20", terms(OTHER_QUEUE, 20), ready()),
        task("q10", terms(QUEUE, 10), ready()),
        task("t5", terms(third, 5), ready()),
        task("held", terms(QUEUE, 1), held(0)),
        task("leased", terms(QUEUE, 1), leased(NOW.plusSeconds(1))),
        task("over", terms(QUEUE, 1), over(NOW)));

    assertThat(nextReady(List.of(QUEUE, OTHER_QUEUE), 9))
        .containsExactly("o10", "q10", "q20", "o20", "q30");
    assertThat(nextReady(List.of(OTHER_QUEUE, QUEUE), 3)).containsExactly("o10", "q10", "q20");
    assertThat(nextReady(List.of(third), 1)).containsExactly("t5");
    assertThat(nextReady(List.of(new QueueName("none")), 1)).isEmpty();
  }

  @Test
  void nextReady_ofMuchText_stopsWithTheOneThatReachesTheBound() {
    String half = "x".repeat(TaskRows.READY_TEXT_MAX / 2);
    for (QueueName queue : List.of(QUEUE, OTHER_QUEUE, QUEUE, OTHER_QUEUE)) {
      String id = "t" + reading().tasks().list(TENANT, Filter.ALL, Long.MAX_VALUE, 9).size();
      insert(new Submission(task(id, terms(queue, NOW_MILLIS), ready()).row(), Prompt.of(half)));
    }

    assertThat(nextReady(List.of(QUEUE, OTHER_QUEUE), 9)).containsExactly("t0", "t1");
  }

  private List<String> nextReady(List<QueueName> queues, int max) {
    return ids(
        reading().tasks().nextReady(TENANT, queues, ModelFilter.ANY, max).stream()
            .map(Submission::row)
            .toList());
  }

  @Test
  void list_byPage_isNewestFirst() {
    List<TaskRow> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(insert(readyTask("t" + i)));
    }

    List<TaskRow> first = list(Filter.ALL, Long.MAX_VALUE, 2);
    List<TaskRow> second = list(Filter.ALL, first.get(1).seq(), 2);
    List<TaskRow> third = list(Filter.ALL, second.get(1).seq(), 2);

    assertThat(ids(first)).containsExactly("t4", "t3");
    assertThat(ids(second)).containsExactly("t2", "t1");
    assertThat(third).containsExactly(rows.get(0));
  }

  @Test
  void list_byStateAndQueue_findsThoseOnly() {
    insertAll(
        task("a", terms(QUEUE, 1), ready()),
        task("b", terms(OTHER_QUEUE, 1), ready()),
        task("c", terms(QUEUE, 1), held(0)),
        task("d", terms(QUEUE, 1), over(NOW)),
        task("e", terms(QUEUE, 1), ready().dead(NOW_MILLIS)),
        task("f", terms(OTHER_QUEUE, 1), ready().cancelled(NOW_MILLIS)),
        task("g", terms(QUEUE, 1), leased(NOW.plusSeconds(5))));

    assertThat(listed(Optional.empty(), Optional.of(OTHER_QUEUE))).containsExactly("f", "b");
    assertThat(listed(Optional.of(Kind.READY), Optional.of(QUEUE))).containsExactly("a");
    assertThat(listed(Optional.of(Kind.READY), Optional.empty())).containsExactly("b", "a");
    assertThat(listed(Optional.of(Kind.HELD), Optional.empty())).containsExactly("c");
    assertThat(listed(Optional.of(Kind.LEASED), Optional.empty())).containsExactly("g");
    assertThat(listed(Optional.of(Kind.SUCCEEDED), Optional.empty())).containsExactly("d");
    assertThat(listed(Optional.of(Kind.DEAD), Optional.empty())).containsExactly("e");
    assertThat(listed(Optional.of(Kind.CANCELLED), Optional.of(OTHER_QUEUE))).containsExactly("f");
    assertThat(listed(Optional.of(Kind.CANCELLED), Optional.of(QUEUE))).isEmpty();
  }

  private List<String> listed(Optional<Kind> state, Optional<QueueName> queue) {
    return ids(list(new Filter(state, queue), Long.MAX_VALUE, 9));
  }

  private List<TaskRow> list(Filter filter, long before, int max) {
    return reading().tasks().list(TENANT, filter, before, max);
  }

  @Test
  void depths_countWhatIsNotOver() {
    insertAll(
        task("a", terms(QUEUE, 1), ready()),
        task("b", terms(QUEUE, 1), ready()),
        task("c", terms(QUEUE, 1), held(0)),
        task("d", terms(QUEUE, 1), held(NOW_MILLIS + 5)),
        task("e", terms(OTHER_QUEUE, 1), leased(NOW.plusSeconds(5))),
        task("f", terms(OTHER_QUEUE, 1), over(NOW)),
        task(OTHER_TENANT, "g", terms(QUEUE, 1), ready()));

    assertThat(reading().tasks().depths(TENANT))
        .containsExactlyInAnyOrder(
            new Depth(QUEUE, Kind.READY, 2),
            new Depth(QUEUE, Kind.HELD, 2),
            new Depth(OTHER_QUEUE, Kind.LEASED, 1));
  }

  @Test
  void ahead_countsTheReadyOfItsQueueUpToTheBound() {
    insertAll(
        task("a", terms(QUEUE, 1), ready()),
        task("b", terms(QUEUE, 2), ready()),
        task("c", terms(OTHER_QUEUE, 0), ready()),
        task("d", terms(QUEUE, 0), leased(NOW.plusSeconds(5))),
        task(OTHER_TENANT, "e", terms(QUEUE, 0), ready()));
    TaskRow same = insert(task("f", terms(QUEUE, 2), ready()));
    insert(task("g", terms(QUEUE, 2), ready()));

    assertThat(reading().tasks().ahead(same, 10)).isEqualTo(2);
    assertThat(reading().tasks().ahead(same, 1)).isEqualTo(1);
  }

  @Test
  void tenants_neverSeeEachOther() {
    TaskRow mine = insert(readyTask("same-id"));
    TaskRow theirs = insert(task(OTHER_TENANT, "same-id", terms(QUEUE, 0), ready()));
    insert(task(OTHER_TENANT, "behind", behindGate(GATE, 1), held(0)));

    assertThat(theirs.seq()).isNotEqualTo(mine.seq());
    assertThat(reading().tasks().find(TENANT, List.of(mine.id()))).containsValue(mine);
    assertThat(nextReady(List.of(QUEUE), 9)).containsExactly("same-id");
    assertThat(list(Filter.ALL, Long.MAX_VALUE, 9)).containsExactly(mine);
    assertThat(reading().tasks().heldBehind(TENANT, GATE, 9)).isEmpty();
    assertThat(reading().tasks().depths(TENANT)).containsExactly(new Depth(QUEUE, Kind.READY, 1));
  }
}
