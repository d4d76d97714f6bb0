package dev.baton.core.simulation;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.usecase.task.LeaseRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes work, and does with it what workers do: mostly the right thing, often too late. */
final class Worker {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int REPEATS_MAX = 3;

  private final WorkerId id;
  private final List<QueueName> queues;
  private final Server server;
  private final Network network;
  private final Agenda agenda;
  private final Weather weather;
  private int said;

  Worker(WorkerId id, List<QueueName> queues, Scene scene) {
    this.id = id;
    this.queues = queues;
    this.server = scene.server();
    this.network = scene.network();
    this.agenda = scene.agenda();
    this.weather = scene.weather();
  }

  void begin() {
    agenda.after(weather.millis(10_000), this::ask);
  }

  private void ask() {
    Duration lease = Duration.ofSeconds(5 + weather.upTo(40));
    LeaseRequest ask = new LeaseRequest(TenantId.DEFAULT, queues, id, lease, 1 + weather.upTo(3));
    Duration wait = weather.upTo(2) == 0 ? Duration.ZERO : weather.millis(20_000);
    network.send(
        () -> {
          CompletableFuture<List<LeasedTask>> leased = server.lease(ask, wait);
          if (weather.happens(weather.workerCrashes)) {
            agenda.after(weather.millis(10_000), () -> leased.cancel(false));
          }
          return leased;
        },
        PATIENCE,
        reply -> onLeased(reply, lease));
  }

  private void onLeased(Optional<CompletableFuture<List<LeasedTask>>> reply, Duration lease) {
    List<LeasedTask> tasks =
        reply
            .filter(leased -> !leased.isCompletedExceptionally())
            .map(CompletableFuture::join)
            .orElse(List.of());
    for (LeasedTask task : tasks) {
      if (!weather.happens(weather.workerCrashes)) {
        work(task.leaseId(), lease);
      }
    }
    agenda.after(weather.millis(15_000), this::ask);
  }

  /** Thinks for a while: within the lease, or, when it pauses, for longer than that. */
  private void work(LeaseId task, Duration lease) {
    boolean pauses = weather.happens(weather.workerPauses);
    Duration thinking = weather.millis((int) lease.toMillis() * (pauses ? 4 : 1));
    agenda.after(thinking, () -> act(task, lease));
  }

  private void act(LeaseId task, Duration lease) {
    int choice = weather.upTo(100);
    if (choice < 25) {
      network.send(
          () -> server.extend(task, lease),
          PATIENCE,
          reply -> {
            // Whoever is told that it lost its lease drops the work; who hears nothing goes on.
            if (reply.isEmpty() || !reply.get().isCompletedExceptionally()) {
              work(task, lease);
            }
          });
    } else {
      settle(settlement(task, choice), 0);
      if (weather.happens(weather.workerPauses / 2)) {
        // It has forgotten that it is done.
        work(task, lease);
      }
    }
  }

  private Settlement settlement(LeaseId task, int choice) {
    if (choice < 70) {
      Completion answer = Completion.of(id + " says " + said++);
      return choice < 65
          ? Settlement.Complete.of(task, answer)
          : new Settlement.Complete(task.taskId(), Optional.empty(), answer);
    }
    if (choice < 85) {
      Optional<Duration> rest =
          weather.upTo(2) == 0 ? Optional.empty() : Optional.of(weather.millis(30_000));
      return new Settlement.Fail(task, Failure.retryable("BUSY", "later"), rest);
    }
    return choice < 88
        ? new Settlement.Fail(task, Failure.permanent("NO", "never"), Optional.empty())
        : new Settlement.Release(
            task, weather.upTo(2) == 0 ? Duration.ZERO : weather.millis(30_000));
  }

  /** Says it until it is heard, a few times. */
  private void settle(Settlement settlement, int repeats) {
    network.send(
        () -> server.settle(settlement),
        PATIENCE,
        (Optional<CompletableFuture<Settled.Kind>> reply) -> {
          boolean heard = reply.filter(r -> !r.isCompletedExceptionally()).isPresent();
          if (!heard && repeats < REPEATS_MAX) {
            settle(settlement, repeats + 1);
          }
        });
  }
}
