package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Instant;
import java.util.Optional;

/** How a task ended: exactly one of an answer and a failure. At most one exists of each task. */
public record Result(
    long seq, Optional<Completion> completion, Optional<Failure> failure, Instant at) {

  public Result {
    checkArgument(completion.isPresent() != failure.isPresent(), "an answer or a failure");
  }

  public static Result of(long seq, Completion completion, Instant at) {
    return new Result(seq, Optional.of(completion), Optional.empty(), at);
  }

  public static Result of(long seq, Failure failure, Instant at) {
    return new Result(seq, Optional.empty(), Optional.of(failure), at);
  }
}
