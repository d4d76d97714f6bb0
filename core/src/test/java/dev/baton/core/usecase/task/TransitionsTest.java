package dev.baton.core.usecase.task;

import static dev.baton.core.usecase.task.LifecycleFixture.FIRST;
import static dev.baton.core.usecase.task.LifecycleFixture.QUEUE;
import static dev.baton.core.usecase.task.LifecycleFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener is told of all that can happen to a task, and what it can undo. */
final class TransitionsTest {
  private static final GateId GATE = new GateId("batch:1");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final InMemoryStore store = new InMemoryStore();
  private final ManualClock clock = new ManualClock();
  private final Transitions transitions = new Transitions();
  private final Recorder recorder = new Recorder();
  private final Settling settling =
      new Settling(
          store, clock, new Random(1), new Counters(), transitions, Settings.DEFAULT.headStart());
  private final Submissions submissions =
      new Submissions(
          store,
          new Submissions.Clocks(clock, clock),
          new Random(2),
          Settings.DEFAULT,
          new Counters(),
          transitions,
          new NoGroups());
  private final Leasing leasing =
      new Leasing(
          store,
          clock,
          Settings.DEFAULT,
          new Counters(),
          settling,
          new WorkerPresence(clock.instant()),
          transitions);
  private final TaskControl control =
      new TaskControl(store, new Submissions.Clocks(clock, clock), Settings.DEFAULT, transitions);
  private final Queues queues = new Queues(store, clock, transitions);
  private final DueTasks due = new DueTasks(transitions);

  TransitionsTest() {
    transitions.addListener(recorder);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static final class NoGroups implements SubmissionRule {
    @Override
    public NewTask completed(Transaction tx, TenantId tenant, NewTask task) {
      return task;
    }

    @Override
    public void check(Transaction tx, TenantId tenant, NewTask task) {}
  }

  /** Keeps what it is told, and refuses one kind of event. */
  private static final class Recorder implements TransitionListener {
    private final List<Transition> told = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private TaskEvent.@Nullable Kind refused;
    private int removed;
    private int revived;

    @Override
    public void onTransition(Transaction tx, Transition transition) {
      assertThat(tx.tasks().find(transition.after().seq()).map(TaskRow::leaseState))
          .as("the row is written when the listener is told")
          .contains(transition.after().leaseState());
      if (transition.event() == refused) {
        throw new IllegalArgumentException("refused " + transition);
      }
      told.add(transition);
      transactions.add(tx);
    }

    @Override
    public void beforeRevival(Transaction tx, TaskRow row, Instant now) {
      revived++;
    }

    @Override
    public void onRemoval(Transaction tx, TaskRow row, Instant now) {
      assertThat(row.state().isTerminal()).isTrue();
      removed++;
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.join();
  }

  private TaskId submit(NewTask.Builder task) {
    return await(submissions.submit(TENANT, task.build())).id();
  }

  private static NewTask.Builder task() {
    return NewTask.builder(Prompt.of("p"));
  }

  private LeaseId lease() {
    return await(leasing.lease(new LeaseRequest(TENANT, List.of(QUEUE), FIRST, LEASE, 1)))
        .get(0)
        .leaseId();
  }

  private void sweep() {
    await(store.write(Urgency.CARRY, tx -> due.move(tx, clock.instant(), clock.instant())));
  }

  private void settle(Settlement settlement) {
    await(settling.settle(TENANT, settlement));
  }

  /** Everything that can happen to a task, to several of them. */
  private void everything() {
    TaskId task = submit(task());
    settle(new Settlement.Release(lease(), Duration.ZERO));
    settle(
        new Settlement.Fail(
            lease(), Failure.retryable("slow", "try again"), Optional.of(Duration.ZERO)));
    lease();
    clock.advance(LEASE);
    sweep();
    settle(new Settlement.Fail(lease(), Failure.permanent("bad", "no"), Optional.empty()));
    await(control.redrive(TENANT, task));
    await(control.cancel(TENANT, task));
    await(control.runNow(TENANT, task, false));
    await(control.edit(TENANT, task, metadata("{\"a\":1}")));
    Completion answer = new Completion("yes", Optional.of(new Usage(3, 4, 7)), Optional.empty());
    settle(Settlement.Complete.of(lease(), answer));
    behindAGate();
    submit(task().startAt(clock.instant().plusSeconds(5)));
    clock.advance(Duration.ofSeconds(5));
    sweep();
    await(control.delete(TENANT, task));
    await(control.delete(TENANT, lease().taskId()));
  }

  private void behindAGate() {
    await(queues.setGate(TENANT, GATE, 1, false));
    TaskId first = submit(task().gate(GATE));
    submit(task().gate(GATE));
    await(
        store.write(
            Urgency.CARRY,
            tx -> {
              transitions.close(
                  tx,
                  tx.gates().lock(TENANT, GATE).orElseThrow(),
                  List.of(row(tx, first)),
                  clock.instant());
              return true;
            }));
    await(queues.setGate(TENANT, GATE, 1, false));
    await(control.cancel(TENANT, first));
  }

  private static TaskRow row(Transaction tx, TaskId id) {
    return Optional.ofNullable(tx.tasks().find(TENANT, List.of(id)).get(id)).orElseThrow();
  }

  private static TaskEdit metadata(String json) {
    return TaskEdit.of(
        Optional.empty(),
        Optional.of(new Metadata(json)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<TaskEvent> logged() {
    return await(store.read(tx -> tx.events().after(0, 1_000))).stream()
        .map(logged -> (TaskEvent) logged.event())
        .toList();
  }

  @Test
  void listener_isToldOfEachEventOnce_inTheOrderOfTheLog() {
    everything();

    assertThat(
            recorder.told.stream()
                .map(
                    told ->
                        new TaskEvent(
                            TENANT, told.after().id(), told.event(), told.attempt(), told.at())))
        .containsExactlyElementsOf(logged());
    assertThat(recorder.told.stream().map(Transition::event).distinct())
        .containsExactlyInAnyOrder(TaskEvent.Kind.values());
    assertThat(recorder.removed).isEqualTo(2);
    assertThat(recorder.revived).isEqualTo(2);
  }

  @Test
  void transitions_ofATask_followEachOther_andLeasesThatBeginEnd() {
    everything();

    Set<Kind> open = EnumSet.of(Kind.HELD, Kind.READY, Kind.LEASED);
    for (TaskId id : recorder.told.stream().map(told -> told.after().id()).distinct().toList()) {
      List<Transition> ofTask =
          recorder.told.stream().filter(told -> told.after().id().equals(id)).toList();
      assertThat(ofTask.get(0).before()).isNull();
      for (int i = 1; i < ofTask.size(); i++) {
        assertThat(ofTask.get(i).from()).isEqualTo(ofTask.get(i - 1).to());
      }
      long begun = ofTask.stream().filter(Transition::beginsLease).count();
      long ended = ofTask.stream().filter(Transition::endsLease).count();
      assertThat(open).contains(ofTask.get(0).to());
      assertThat(ended).isEqualTo(begun);
    }
    assertThat(recorder.told.stream().filter(told -> told.completion().isPresent()))
        .singleElement()
        .satisfies(told -> assertThat(told.event()).isEqualTo(TaskEvent.Kind.SUCCEEDED));
  }

  @Test
  void move_thatLetsAnotherIn_isOneTransaction() {
    await(queues.setGate(TENANT, GATE, 1, false));
    TaskId first = submit(task().gate(GATE));
    submit(task().gate(GATE));
    int before = recorder.told.size();

    await(control.cancel(TENANT, first));

    assertThat(recorder.told.subList(before, recorder.told.size()).stream().map(Transition::event))
        .containsExactly(TaskEvent.Kind.CANCELLED, TaskEvent.Kind.READIED);
    assertThat(recorder.transactions.subList(before, recorder.told.size())).hasSize(2);
    assertThat(recorder.transactions.get(before)).isSameAs(recorder.transactions.get(before + 1));
  }

  @ParameterizedTest
  @EnumSource
  void listener_thatThrows_rollsTheMoveBack(TaskEvent.Kind kind) {
    recorder.refused = kind;

    assertThatThrownBy(this::everything).hasRootCauseInstanceOf(IllegalArgumentException.class);

    // Nothing of the refused call is left: neither its events, nor those of what came before in it.
    List<TaskEvent> logged = logged();
    assertThat(logged.stream().map(TaskEvent::kind)).doesNotContain(kind);
    for (TaskId id : logged.stream().map(TaskEvent::taskId).distinct().toList()) {
      Transition last =
          recorder.told.stream()
              .limit(logged.size())
              .filter(told -> told.after().id().equals(id))
              .reduce((earlier, later) -> later)
              .orElseThrow();
      assertThat(await(store.read(tx -> row(tx, id))).leaseState())
          .isEqualTo(last.after().leaseState());
    }
  }

  @Test
  void move_thatTheTableDoesNotKnow_isRefused() {
    TaskId id = submit(task());

    assertThatThrownBy(
            () ->
                await(
                    store.write(
                        Urgency.CARRY,
                        tx -> {
                          TaskRow row = row(tx, id);
                          TaskRow over = row.with(row.leaseState().cancelled(1));
                          TaskRow leased = row.with(row.leaseState().leased(FIRST, 2, 1));
                          return transitions.apply(
                              tx,
                              Transition.of(over, leased, TaskEvent.Kind.LEASED, clock.instant()));
                        })))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(await(store.read(tx -> row(tx, id))).state()).isEqualTo(Kind.READY);
  }

  @Test
  void editOfTheMetadata_leavesATaskThatWasPutAhead_whereItIs() {
    submit(task());
    TaskId ahead = submit(task());
    await(control.runNow(TENANT, ahead, false));

    await(control.edit(TENANT, ahead, metadata("{\"a\":1}")));

    assertThat(lease().taskId()).isEqualTo(ahead);
  }
}
