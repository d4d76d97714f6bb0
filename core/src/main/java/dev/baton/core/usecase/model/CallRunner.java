package dev.baton.core.usecase.model;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.core.usecase.model.Routes.Route;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Settling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Carries tasks from their lease to its end: asks the model, keeps the lease alive, stores pieces
 * and what came of it. For one thread at a time: whatever happens elsewhere comes through {@code
 * inbox}. {@link #isInFlight} may be called by any.
 */
final class CallRunner {
  /** Tasks whose end is not stored yet, beside those whose call runs. */
  static final int UNSTORED_MAX = 2_000;

  private static final Duration PIECES_EVERY = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Instant NEVER = Instant.MAX;
  private static final ModelName NO_MODEL = new ModelName("none");

  private final ModelClient client;
  private final Models models;
  private final LeasedWork leasedWork;
  private final Settling settling;
  private final InstantSource clock;
  private final ExecutorSettings settings;
  private final Slots slots;
  private final Consumer<Runnable> inbox;
  private final PauseAlarm alarm;

  private final InFlightCalls calls = new InFlightCalls();
  private final List<InFlightCall> toSettle = new ArrayList<>();
  private final Set<InFlightCall> withPieces = new HashSet<>();
  private Instant nextLook = Instant.EPOCH;
  private Instant settleAgainAt = Instant.EPOCH;

  CallRunner(
      ExecutorParts parts, ExecutorSettings settings, Slots slots, Consumer<Runnable> inbox) {
    this.client = parts.client();
    this.models = parts.models();
    this.leasedWork = parts.leasedWork();
    this.settling = parts.settling();
    this.clock = parts.clock();
    this.alarm = new PauseAlarm(parts.onAlert());
    this.settings = settings;
    this.slots = slots;
    this.inbox = inbox;
  }

  /** How many tasks are in hand: their call runs, or its end is not stored yet. */
  int size() {
    return calls.size();
  }

  /** Whether the task is in hand; may be asked by any thread. */
  boolean isInFlight(TenantId tenant, TaskId task) {
    return calls.contains(tenant, task);
  }

  /** Starts the call for a task that was leased; gives the task back when no model may be asked. */
  void begin(LeasedTask task) {
    Optional<Route> route =
        task.row()
            .terms()
            .model()
            .or(models::preferred)
            .map(m -> models.routes().route(m, task.id()));
    Optional<ModelName> model = route.flatMap(way -> choose(way, task.attempt()));
    if (model.isEmpty()) {
      giveBack(task);
      return;
    }
    int length = route.orElseThrow().all().size();
    boolean goesOn = task.row().terms().retry().allowsAttemptAfter(task.attempt());
    InFlightCall inFlight = track(task, model.get(), goesOn && task.attempt() < length);
    slots.take(inFlight.tenant(), inFlight.model());
    ModelRequest request =
        new ModelRequest(inFlight.lease().toString(), inFlight.model(), task.prompt());
    try {
      ModelClient.Call call = client.ask(request, piece -> onPiece(inFlight, piece));
      inFlight.call = call;
      var unused =
          call.outcome()
              .whenComplete(
                  (outcome, bug) ->
                      inbox.accept(() -> ended(inFlight, bug == null ? outcome : broken(bug))));
    } catch (RuntimeException bug) {
      inbox.accept(() -> ended(inFlight, broken(bug)));
    }
  }

  private static ModelOutcome broken(Throwable bug) {
    return new Refused(
        ModelFault.UPSTREAM_INVALID, "the model client failed: " + bug, Optional.empty());
  }

  /** Back in line, uncounted, without a call. */
  void giveBack(LeasedTask task) {
    InFlightCall inFlight = track(task, NO_MODEL, false);
    inFlight.ended = true;
    settle(inFlight, new Settlement.Release(task.leaseId(), Duration.ZERO));
  }

  private InFlightCall track(LeasedTask task, ModelName model, boolean fallbackFollows) {
    Instant extendAt = clock.instant().plus(settings.lease().dividedBy(3));
    InFlightCall inFlight = new InFlightCall(task, model, fallbackFollows, extendAt);
    calls.add(inFlight).ifPresent(this::drop);
    return inFlight;
  }

  /**
   * The entry for this attempt: the one whose turn it is, or where that is paused or full the first
   * of those that the route leads to now; empty when all are: one was paused since the lease was
   * asked for, or others were quicker.
   */
  private Optional<ModelName> choose(Route route, int attempt) {
    Set<ModelName> paused = models.pausedNames();
    List<ModelName> all = route.all();
    ModelName due = all.get((attempt - 1) % all.size());
    return Stream.concat(Stream.of(due), route.open(paused).stream())
        .filter(entry -> !paused.contains(entry) && slots.room(entry) > 0)
        .findFirst();
  }

  private void ended(InFlightCall inFlight, ModelOutcome given) {
    ModelOutcome outcome = keepable(given);
    slots.free(inFlight.tenant(), inFlight.model());
    if (outcome instanceof Refused refused && FaultRules.alarm(refused).isPresent()) {
      slots.recovers(inFlight.model());
    } else {
      slots.isWell(inFlight.model());
    }
    inFlight.ended = true;
    if (inFlight.dropped) {
      return;
    }
    storePieces(inFlight);
    settle(
        inFlight,
        outcome instanceof Answered answered
            ? Settlement.Complete.of(
                inFlight.lease(), signed(answered.completion(), inFlight.model()))
            : settlement(inFlight, (Refused) outcome));
  }

  /** An answer that can't be kept to the letter is none. */
  private static ModelOutcome keepable(ModelOutcome outcome) {
    Optional<String> problem =
        outcome instanceof Answered answered ? answered.completion().problem() : Optional.empty();
    return problem.isEmpty()
        ? outcome
        : new Refused(
            ModelFault.UPSTREAM_INVALID, "the model's answer: " + problem.get(), Optional.empty());
  }

  /** The answer names the entry that gave it, because each has a price of its own. */
  private static Completion signed(Completion completion, ModelName entry) {
    return new Completion(
        completion.content(),
        completion.usage(),
        completion.traceId(),
        Optional.of(
            completion
                .modelAnswer()
                .map(said -> said.by(entry))
                .orElseGet(() -> new ModelAnswer(entry, "stop", Optional.empty()))));
  }

  private Settlement settlement(InFlightCall inFlight, Refused refused) {
    String code = refused.fault().name();
    String reason = code + ": " + refused.message();
    FaultRules.alarm(refused)
        .ifPresent(howLong -> alarm(inFlight, refused.fault(), howLong, reason));
    FaultRules.Consequence follows = FaultRules.of(refused, inFlight.fallbackFollows());
    if (follows instanceof FaultRules.Retry retry) {
      return new Settlement.Fail(
          inFlight.lease(), Failure.retryable(code, refused.message()), retry.rest());
    }
    if (follows instanceof FaultRules.GiveUp) {
      return new Settlement.Fail(
          inFlight.lease(), Failure.permanent(code, refused.message()), Optional.empty());
    }
    FaultRules.GiveBack back = (FaultRules.GiveBack) follows;
    if (!back.pause().isZero()) {
      // The store is told of it before the task is given back, so nobody is handed it in between.
      var unused = models.pause(inFlight.model(), back.pause(), reason);
    }
    // A call that was given up by nobody here must not come straight back.
    Duration rest = refused.fault() == ModelFault.ABORTED ? AGAIN : Duration.ZERO;
    return new Settlement.Release(
        inFlight.lease(), rest, Optional.of(Failure.retryable(code, refused.message())));
  }

  private void alarm(InFlightCall inFlight, ModelFault fault, Duration howLong, String reason) {
    Instant now = clock.instant();
    alarm.raise(fault, new ModelPause(inFlight.model(), now.plus(howLong), reason), now);
  }

  private void settle(InFlightCall inFlight, Settlement settlement) {
    inFlight.settlement = settlement;
    toSettle.add(inFlight);
  }

  /** Does what is due: ends, pieces, heartbeats. */
  void step(Instant now) {
    if (!settleAgainAt.isAfter(now)) {
      settleAll();
    }
    storeDuePieces(now);
    if (!nextLook.isAfter(now)) {
      nextLook = now.plus(LOOK);
      for (InFlightCall inFlight : calls.all()) {
        if (!inFlight.extendAt.isAfter(now)) {
          extend(inFlight);
        }
      }
    }
  }

  private void settleAll() {
    Map<TenantId, List<InFlightCall>> byTenant = new LinkedHashMap<>();
    for (InFlightCall inFlight : toSettle) {
      byTenant.computeIfAbsent(inFlight.tenant(), tenant -> new ArrayList<>()).add(inFlight);
    }
    toSettle.clear();
    byTenant.forEach(
        (tenant, all) -> {
          for (int from = 0; from < all.size(); from += Settling.BATCH_MAX) {
            settleList(tenant, all.subList(from, Math.min(all.size(), from + Settling.BATCH_MAX)));
          }
        });
  }

  private void settleList(TenantId tenant, List<InFlightCall> list) {
    List<Settlement> settlements = new ArrayList<>(list.size());
    for (InFlightCall inFlight : list) {
      if (inFlight.settlement != null) {
        settlements.add(inFlight.settlement);
      }
    }
    var unused =
        settling
            .settle(tenant, settlements)
            .whenComplete((done, error) -> inbox.accept(() -> settled(list, error == null)));
  }

  /** An end that may not be stored is told again, which is harmless where it was. */
  private void settled(List<InFlightCall> list, boolean stored) {
    if (stored) {
      list.forEach(calls::remove);
      return;
    }
    settleAgainAt = clock.instant().plus(AGAIN);
    for (InFlightCall inFlight : list) {
      if (calls.contains(inFlight)) {
        toSettle.add(inFlight);
      }
    }
  }

  private void extend(InFlightCall inFlight) {
    inFlight.extendAt = NEVER;
    var unused =
        leasedWork
            .extend(inFlight.tenant(), inFlight.lease(), settings.lease(), Optional.empty())
            .whenComplete((lease, error) -> inbox.accept(() -> extended(inFlight, error)));
  }

  private void extended(InFlightCall inFlight, Throwable error) {
    if (error == null) {
      inFlight.extendAt = clock.instant().plus(settings.lease().dividedBy(3));
    } else if (isLost(error)) {
      drop(inFlight);
    } else {
      inFlight.extendAt = clock.instant().plus(AGAIN);
    }
  }

  private static boolean isLost(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof BatonException refusal
        && (refusal.code() == ErrorCode.LEASE_LOST
            || refusal.code() == ErrorCode.TASK_CANCELLED
            || refusal.code() == ErrorCode.TASK_NOT_FOUND);
  }

  /** Something happened to the task elsewhere: whether its lease still holds is asked at once. */
  void verify(TenantId tenant, TaskId task) {
    calls
        .find(tenant, task)
        .filter(inFlight -> inFlight.settlement == null)
        .ifPresent(
            inFlight -> {
              inFlight.extendAt = Instant.MIN;
              nextLook = Instant.MIN;
            });
  }

  /** Its lease is lost: nothing is stored any more, and the provider need not go on. */
  private void drop(InFlightCall inFlight) {
    inFlight.dropped = true;
    calls.remove(inFlight);
    withPieces.remove(inFlight);
    toSettle.remove(inFlight);
    ModelClient.Call call = inFlight.call;
    if (call != null && !inFlight.ended) {
      call.abort();
    }
  }

  /** Gives every task back whose call still runs. */
  void giveUp() {
    for (InFlightCall inFlight : calls.all()) {
      if (inFlight.settlement == null) {
        inFlight.dropped = true;
        ModelClient.Call call = inFlight.call;
        if (call != null) {
          call.abort();
        }
        settle(inFlight, new Settlement.Release(inFlight.lease(), Duration.ZERO));
      }
    }
  }

  private void onPiece(InFlightCall inFlight, String piece) {
    if (inFlight.addPiece(piece)) {
      inbox.accept(() -> withPieces.add(inFlight));
    }
  }

  private void storeDuePieces(Instant now) {
    if (withPieces.isEmpty()) {
      return;
    }
    for (InFlightCall inFlight : List.copyOf(withPieces)) {
      if (!inFlight.piecesAt.isAfter(now)) {
        inFlight.piecesAt = now.plus(PIECES_EVERY);
        storePieces(inFlight);
      }
    }
  }

  /** The store takes them in the order in which they are handed over. */
  private void storePieces(InFlightCall inFlight) {
    withPieces.remove(inFlight);
    inFlight
        .takePieces()
        .ifPresent(
            text -> {
              var unused =
                  leasedWork
                      .append(
                          inFlight.tenant(),
                          inFlight.lease(),
                          Optional.of(inFlight.chunk()),
                          List.of(text))
                      .exceptionally(
                          error -> {
                            if (isLost(error)) {
                              inbox.accept(() -> drop(inFlight));
                            }
                            return 0;
                          });
            });
  }
}
