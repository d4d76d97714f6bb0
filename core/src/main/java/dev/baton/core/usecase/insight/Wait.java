package dev.baton.core.usecase.insight;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why nobody works on a task.
 *
 * @param until when that changes by itself, where that is known: its start, the end of a pause, the
 *     end of a lease
 * @param gate the gate with its limit, where it waits behind one
 * @param model the model that keeps it waiting, for {@link Reason#MODEL_PAUSED} and {@link
 *     Reason#MODEL_FULL}
 * @param limit calls at once, for {@link Reason#MODEL_FULL} and {@link Reason#EXECUTOR_FULL}
 * @param ahead tasks that go before it: for a ready task those of its queue, up to {@link
 *     #AHEAD_MAX}; for one behind a gate those behind it too, up to {@link #GATE_AHEAD_MAX}
 * @param estimate how long until it is leased, at the pace of the last minute; empty when nothing
 *     was leased, or what keeps it has no pace
 * @param detail what else there is to say, for people; may be empty
 */
public record Wait(
    Reason reason,
    Optional<Instant> until,
    Optional<Gate> gate,
    Optional<ModelName> model,
    OptionalInt limit,
    OptionalInt ahead,
    Optional<Duration> estimate,
    String detail) {

  /** What to do where nobody answers, for people. */
  public static final String ANSWERERS =
      "Configure providers, start a worker (baton work), or try the echo (serve --echo)";

  /** Tasks that are counted ahead of a waiting one, at most. */
  public static final int AHEAD_MAX = 10_000;

  /** Tasks that are counted ahead of one behind the same gate, at most. */
  public static final int GATE_AHEAD_MAX = 1_000;

  public Wait {
    requireNonNull(reason, "reason");
    requireNonNull(until, "until");
    requireNonNull(gate, "gate");
    requireNonNull(model, "model");
    requireNonNull(limit, "limit");
    requireNonNull(ahead, "ahead");
    requireNonNull(estimate, "estimate");
    requireNonNull(detail, "detail");
  }

  /** The kinds of waiting. */
  public enum Reason {
    /** Its start time has not come. */
    START_TIME,
    /** It rests between two attempts. */
    BACKOFF,
    /** It waits until somebody executes it. */
    MANUAL,
    BATCH_NOT_STARTED,
    BATCH_PAUSED,
    /** As many tasks of its batch run as may. */
    BATCH_FULL,
    /** Another gate is closed or full. */
    GATE,
    QUEUE_PAUSED,
    /** Its model is left alone for a while. */
    MODEL_PAUSED,
    /** As many calls of its model run as may. */
    MODEL_FULL,
    /** As many calls run as the executor may make, and nobody else asks. */
    EXECUTOR_FULL,
    /** Nobody takes tasks of this queue, or for this model. */
    NO_WORKER,
    /** Its turn comes. */
    IN_LINE,
    LEASED,
    OVER
  }

  static Wait of(Reason reason) {
    return new Wait(
        reason,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        "");
  }

  static Wait until(Reason reason, long millis) {
    return of(reason).withUntil(Instant.ofEpochMilli(millis));
  }

  static Wait behind(TaskRow row, Optional<Gate> gate, Optional<BatchState> batch) {
    Reason reason = Reason.GATE;
    if (row.terms().gate().filter(GateId.MANUAL::equals).isPresent()) {
      reason = Reason.MANUAL;
    } else if (batch.isPresent()) {
      reason =
          switch (batch.get()) {
            case IMPORTING, CREATED -> Reason.BATCH_NOT_STARTED;
            case PAUSED -> Reason.BATCH_PAUSED;
            case RUNNING, CANCELLING, COMPLETED, FAILED, CANCELLED, DELETING -> Reason.BATCH_FULL;
          };
    }
    Wait plain = of(reason);
    return new Wait(
        reason,
        plain.until,
        gate,
        plain.model,
        plain.limit,
        plain.ahead,
        plain.estimate,
        row.terms().batch().map(BatchId::value).orElse(""));
  }

  static Wait paused(ModelPause pause) {
    return of(Reason.MODEL_PAUSED)
        .withUntil(pause.until())
        .withModel(pause.model(), OptionalInt.empty())
        .withDetail(pause.reason());
  }

  static Wait full(ModelName model, int limit) {
    return of(Reason.MODEL_FULL).withModel(model, OptionalInt.of(limit));
  }

  static Wait executorFull(int limit) {
    Wait plain = of(Reason.EXECUTOR_FULL);
    return new Wait(
        plain.reason,
        plain.until,
        plain.gate,
        plain.model,
        OptionalInt.of(limit),
        plain.ahead,
        plain.estimate,
        "");
  }

  private Wait withUntil(Instant instant) {
    return new Wait(reason, Optional.of(instant), gate, model, limit, ahead, estimate, detail);
  }

  private Wait withModel(ModelName name, OptionalInt bound) {
    return new Wait(reason, until, gate, Optional.of(name), bound, ahead, estimate, detail);
  }

  Wait withDetail(String text) {
    return new Wait(reason, until, gate, model, limit, ahead, estimate, text);
  }

  Wait inLine(int tasksAhead, Optional<Duration> expected) {
    return new Wait(
        reason, until, gate, model, limit, OptionalInt.of(tasksAhead), expected, detail);
  }

  /** One sentence for people. */
  public String sentence() {
    return switch (reason) {
      case START_TIME -> "held until " + until.orElseThrow();
      case BACKOFF -> "retry delay until " + until.orElseThrow();
      case MANUAL -> "waits until it is executed by hand";
      case BATCH_NOT_STARTED -> stopped("its batch %s was not started".formatted(detail));
      case BATCH_PAUSED -> stopped("its batch %s is paused".formatted(detail));
      case BATCH_FULL ->
          placed(
              "its batch %s is at its limit: %s"
                  .formatted(detail, gate.map(Wait::places).orElse("no place is free")));
      case GATE ->
          placed(
              gate.map(g -> "held by gate %s: %s".formatted(g.id(), places(g)))
                  .orElse("held by a gate"));
      case QUEUE_PAUSED -> stopped("its queue is paused");
      case MODEL_PAUSED ->
          "model %s is paused until %s: %s"
              .formatted(model.orElseThrow(), until.orElseThrow(), detail);
      case MODEL_FULL ->
          placed(
              "model %s is at its limit of %d calls"
                  .formatted(model.orElseThrow(), limit.orElseThrow()));
      case EXECUTOR_FULL ->
          placed("the executor is at its limit of %d calls".formatted(limit.orElseThrow()));
      case NO_WORKER -> stopped(detail);
      case IN_LINE -> place() + (isNext() || detail.endsWith(ANSWERERS) ? told() : "");
      case LEASED -> "a worker has it until " + until.orElseThrow();
      case OVER -> "it is over";
    };
  }

  private String told() {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static String places(Gate gate) {
    return "%d of %d places taken".formatted(gate.taken(), gate.limit());
  }

  private String placed(String why) {
    return ahead.isEmpty() ? why : why + "; " + place();
  }

  /** What stands still has a place all the same, for when it goes on. */
  private String stopped(String why) {
    return isNext() ? why + "; first in line" : placed(why);
  }

  private boolean isNext() {
    return ahead.isPresent() && ahead.getAsInt() == 0;
  }

  private String place() {
    if (ahead.isEmpty()) {
      return "in line";
    }
    int others = ahead.getAsInt();
    String place = isNext() ? "next in line" : "in line behind " + others(others);
    return estimate.map(wait -> place + ", about " + DurationText.about(wait)).orElse(place);
  }

  private String others(int count) {
    if (count >= (gate.isPresent() ? GATE_AHEAD_MAX : AHEAD_MAX)) {
      return count + " or more others";
    }
    return count == 1 ? "1 other" : count + " others";
  }
}
