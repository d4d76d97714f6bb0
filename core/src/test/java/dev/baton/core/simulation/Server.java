package dev.baton.core.simulation;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.Submitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The core under test, with the referee and a recorder at its door. */
final class Server {
  private static final TenantId TENANT = TenantId.DEFAULT;

  private final FaultyStore store;
  private final ManualClock clock;
  private final Referee referee;
  private final Audit audit;
  private final Random random;
  private final PlantedFault fault;
  private final boolean recording;
  private final List<String> record = new ArrayList<>();
  private Baton baton;

  Server(FaultyStore store, ManualClock clock, Referee referee, Audit audit, Manner manner) {
    this.store = store;
    this.clock = clock;
    this.referee = referee;
    this.audit = audit;
    this.random = manner.random();
    this.fault = manner.fault();
    this.recording = manner.recording();
    this.baton = start();
  }

  /**
   * How this server is run.
   *
   * @param recording whether to keep what was asked and answered
   */
  record Manner(Random random, PlantedFault fault, boolean recording) {}

  private Baton start() {
    return Baton.builder(store).clock(clock).random(random).build();
  }

  /** Forgets all that is not stored: who waits is never answered. */
  void restart() {
    record("restart");
    store.loseListeners();
    baton = start();
  }

  /** All that was asked and answered, to compare two runs by. */
  List<String> recorded() {
    return record;
  }

  private void record(String what) {
    record.add(clock.instant() + " " + what);
  }

  private <T> CompletableFuture<T> recorded(Object call, CompletableFuture<T> outcome) {
    return recording
        ? outcome.whenComplete(
            (value, error) -> record(call + " -> " + (error == null ? value : error.getMessage())))
        : outcome;
  }

  CompletableFuture<Submitted> submit(Referee.Request request) {
    return recorded("submit", baton.submissions().submit(TENANT, request.task))
        .whenComplete(
            (submitted, error) -> {
              if (error == null) {
                referee.submitted(request, submitted);
              }
            });
  }

  CompletableFuture<List<LeasedTask>> lease(LeaseRequest ask, Duration wait) {
    CompletableFuture<List<LeasedTask>> leased = baton.leasing().leaseWhenReady(ask, wait);
    var unused =
        recorded("lease", leased)
            .whenComplete(
                (tasks, error) -> {
                  if (error == null) {
                    List<TaskRow> all = tasks.isEmpty() ? List.of() : audit.all();
                    tasks.forEach(task -> referee.granted(task, clock.instant(), all));
                  }
                });
    return leased;
  }

  CompletableFuture<Settled.Kind> settle(Settlement settlement) {
    Optional<String> objection = referee.settles(settlement);
    return recorded(
            settlement, baton.settling().settle(TENANT, List.of(fault.onSettle(settlement))))
        .thenApply(settled -> settled.get(0).kind())
        .whenComplete(
            (kind, error) -> {
              if (error == null) {
                referee.settled(settlement, kind, objection);
              }
            });
  }

  CompletableFuture<Lease> extend(LeaseId lease, Duration by) {
    return recorded(lease, baton.leasedWork().extend(TENANT, lease, by, Optional.empty()))
        .whenComplete(
            (extended, error) -> {
              if (error == null) {
                referee.extended(lease, extended);
              }
            });
  }

  CompletableFuture<TaskRow> cancel(TaskId id) {
    referee.cancels(id);
    return recorded("cancel", baton.control().cancel(TENANT, id))
        .whenComplete(
            (row, error) -> {
              if (error == null) {
                referee.cancelled(id);
              }
            });
  }

  CompletableFuture<TaskRow> redrive(TaskId id) {
    referee.redrives(id);
    return recorded("redrive", baton.control().redrive(TENANT, id));
  }

  void pause(QueueName queue) {
    var unused =
        recorded("pause", baton.queues().pause(TENANT, queue))
            .whenComplete(
                (paused, error) -> {
                  if (error == null) {
                    referee.paused(queue);
                  }
                });
  }

  CompletableFuture<List<QueueName>> resume(QueueName queue) {
    referee.resumes(queue);
    return recorded("resume", baton.queues().resume(TENANT, queue));
  }

  CompletableFuture<?> setGate(GateId id, int limit, boolean ordered) {
    return recorded("gate", baton.queues().setGate(TENANT, id, limit, ordered));
  }

  void show(TaskId id) {
    var unused =
        baton
            .tasks()
            .find(TENANT, id)
            .whenComplete(
                (task, error) -> {
                  if (error == null) {
                    task.ifPresent(referee::shown);
                  }
                });
  }

  /** One tick: waits that are over end, and what is due moves. True when all of it is done. */
  boolean tick() {
    baton.leasing().endOverdueWaits();
    CompletableFuture<Boolean> swept = recorded("sweep", baton.upkeep().sweep());
    return !swept.isCompletedExceptionally() && !swept.join();
  }
}
