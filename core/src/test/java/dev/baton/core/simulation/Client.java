package dev.baton.core.simulation;

import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.Submitted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Submits prompts until they are acknowledged, looks at them, and changes its mind. */
final class Client {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REPEATS_MAX = 4;

  private final String name;
  private final List<QueueName> queues;
  private final List<GateId> gates;
  private final Referee referee;
  private final Server server;
  private final Network network;
  private final Agenda agenda;
  private final Weather weather;
  private final ManualClock clock;

  Client(String name, Scene scene) {
    this.name = name;
    this.queues = scene.queues();
    this.gates = scene.gates();
    this.referee = scene.referee();
    this.server = scene.server();
    this.network = scene.network();
    this.agenda = scene.agenda();
    this.weather = scene.weather();
    this.clock = scene.clock();
  }

  void submitWithin(int millis, int tasks) {
    for (int i = 0; i < tasks; i++) {
      String text = name + "-" + i;
      agenda.after(
          weather.millis(millis),
          () -> {
            Referee.Request request = referee.asks(newTask(text));
            submit(request, 0);
            followUp(request);
          });
    }
  }

  private NewTask newTask(String text) {
    NewTask.Builder task =
        NewTask.builder(Prompt.of(text))
            .queue(weather.oneOf(queues))
            .idempotencyKey(new IdempotencyKey("submit", text, text))
            .retry(
                new RetryPolicy(
                    1 + weather.upTo(4), Duration.ofSeconds(1), Duration.ofSeconds(20)));
    if (weather.upTo(3) == 0) {
      task.priority(weather.oneOf(List.of(Priority.values())));
    }
    if (weather.upTo(8) == 0) {
      task.startAt(clock.instant().plus(weather.millis(50_000)));
    }
    if (weather.upTo(5) == 0) {
      // Many at the same instant: they die together, whoever stands behind whom.
      task.deadline(clock.instant().truncatedTo(ChronoUnit.MINUTES).plusSeconds(120));
    }
    if (weather.upTo(2) == 0) {
      task.gate(weather.oneOf(gates));
    }
    return task.build();
  }

  private void submit(Referee.Request request, int repeats) {
    network.send(
        () -> server.submit(request),
        PATIENCE,
        (Optional<CompletableFuture<Submitted>> reply) -> {
          boolean heard = reply.filter(r -> !r.isCompletedExceptionally()).isPresent();
          if (!heard && repeats < REPEATS_MAX) {
            submit(request, repeats + 1);
          }
        });
  }

  private void followUp(Referee.Request request) {
    agenda.after(weather.millis(300_000), () -> withId(request, server::show));
    if (weather.happens(weather.operatorMeddles / 2)) {
      Duration when = weather.millis(150_000);
      agenda.after(when, () -> withId(request, id -> send(() -> server.cancel(id))));
    }
    if (weather.happens(weather.operatorMeddles)) {
      Duration when = weather.millis(300_000);
      agenda.after(when, () -> withId(request, id -> send(() -> server.redrive(id))));
    }
  }

  private static void withId(Referee.Request request, Consumer<TaskId> action) {
    Optional.ofNullable(request.id).ifPresent(action);
  }

  private <T> void send(Supplier<CompletableFuture<T>> call) {
    network.send(call, PATIENCE, reply -> {});
  }
}
