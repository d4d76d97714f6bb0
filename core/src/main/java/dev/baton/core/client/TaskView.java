package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as a client sees it at one instant: all that can be told of it without the store's own
 * bookkeeping.
 *
 * @param history leases that ended, oldest first; the one that brought the answer is the last
 * @param alternatives answers that came after the one that counts, oldest first
 * @param waiting why nobody works on it; empty once it is over
 */
public record TaskView(
    TaskId id,
    Prompt prompt,
    Terms terms,
    Run run,
    TaskAnswer answer,
    List<PastAttempt> history,
    List<Completion> alternatives,
    Optional<Wait> waiting) {

  public TaskView {
    requireNonNull(id, "id");
    requireNonNull(prompt, "prompt");
    requireNonNull(terms, "terms");
    requireNonNull(run, "run");
    requireNonNull(answer, "answer");
    history = List.copyOf(history);
    alternatives = List.copyOf(alternatives);
    requireNonNull(waiting, "waiting");
  }

  /**
   * What was agreed at submit.
   *
   * @param maxAttempts empty: no bound
   * @param dedupeKey as the submitter gave it
   * @param model who is asked; empty: whoever takes it decides
   */
  public record Terms(
      QueueName queue,
      Priority priority,
      Instant submittedAt,
      Optional<Instant> deadline,
      Optional<Integer> maxAttempts,
      Optional<String> dedupeKey,
      Optional<ModelName> model,
      Optional<BatchId> batch) {}

  /**
   * How far it came.
   *
   * @param attempts leases granted and not given back
   * @param startAt held until then
   * @param lease who has it now
   * @param progress what the holder said last
   */
  public record Run(
      int attempts, Optional<Instant> startAt, Optional<Lease> lease, Optional<Progress> progress) {
    public Run {
      requireNonNull(startAt, "startAt");
      requireNonNull(lease, "lease");
      requireNonNull(progress, "progress");
    }
  }

  /** A lease that ended. */
  public record PastAttempt(
      int number,
      WorkerId worker,
      Instant startedAt,
      Instant endedAt,
      Attempt.Outcome outcome,
      Optional<Failure> failure) {}

  /**
   * Why nobody works on it.
   *
   * @param reason one word, such as {@code in_line}
   * @param sentence for people
   * @param ahead ready tasks that go before it, when it is ready
   * @param until when that changes by itself
   * @param estimate how long until it is leased, at the pace of the last minute; whole milliseconds
   */
  public record Wait(
      String reason,
      String sentence,
      Optional<Integer> ahead,
      Optional<Instant> until,
      Optional<Duration> estimate) {}
}
