package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import java.time.Duration;
import java.util.Optional;

/** What ends a lease. */
public sealed interface Settlement {

  TaskId taskId();

  Optional<FencingToken> token();

  /**
   * The answer.
   *
   * @param token the lease's; without one the answer is taken as long as the task has none, which
   *     is what a protocol without leases needs
   */
  record Complete(TaskId taskId, Optional<FencingToken> token, Completion completion)
      implements Settlement {
    public Complete {
      requireNonNull(taskId, "taskId");
      requireNonNull(token, "token");
      requireNonNull(completion, "completion");
    }

    public static Complete of(LeaseId lease, Completion completion) {
      return new Complete(lease.taskId(), Optional.of(lease.token()), completion);
    }
  }

  /**
   * The attempt failed.
   *
   * @param retryAfter overrides the backoff, up to 30 days
   */
  record Fail(LeaseId lease, Failure failure, Optional<Duration> retryAfter) implements Settlement {
    public Fail {
      requireNonNull(lease, "lease");
      requireNonNull(failure, "failure");
      retryAfter.ifPresent(Settlement::checkRest);
    }

    @Override
    public TaskId taskId() {
      return lease.taskId();
    }

    @Override
    public Optional<FencingToken> token() {
      return Optional.of(lease.token());
    }
  }

  /**
   * Given back, uncounted.
   *
   * @param delay leased to nobody for so long; zero to 30 days
   * @param reason why, when its holder says so
   */
  record Release(LeaseId lease, Duration delay, Optional<Failure> reason) implements Settlement {
    public Release {
      requireNonNull(lease, "lease");
      requireNonNull(reason, "reason");
      checkRest(delay);
    }

    public Release(LeaseId lease, Duration delay) {
      this(lease, delay, Optional.empty());
    }

    @Override
    public TaskId taskId() {
      return lease.taskId();
    }

    @Override
    public Optional<FencingToken> token() {
      return Optional.of(lease.token());
    }
  }

  private static void checkRest(Duration rest) {
    checkArgument(
        !rest.isNegative() && rest.toDays() <= 30,
        "a rest is from zero to 30 days, was %s",
        DurationText.of(rest));
  }
}
