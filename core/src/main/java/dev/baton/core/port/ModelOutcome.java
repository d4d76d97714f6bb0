package dev.baton.core.port;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.task.Completion;
import java.time.Duration;
import java.util.Optional;

/** What came of asking a model. */
public sealed interface ModelOutcome {

  /** It answered. */
  record Answered(Completion completion) implements ModelOutcome {
    public Answered {
      requireNonNull(completion, "completion");
    }
  }

  /**
   * It did not.
   *
   * @param message for people; holds no key and no part of the prompt
   * @param retryAfter how long the provider asked to be left alone
   */
  record Refused(ModelFault fault, String message, Optional<Duration> retryAfter)
      implements ModelOutcome {
    public Refused {
      requireNonNull(fault, "fault");
      requireNonNull(message, "message");
      requireNonNull(retryAfter, "retryAfter");
    }
  }
}
