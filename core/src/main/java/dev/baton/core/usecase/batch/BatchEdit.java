package dev.baton.core.usecase.batch;

import dev.baton.core.domain.task.Priority;
import dev.baton.core.usecase.task.Replacement;
import java.time.Instant;
import java.util.Optional;

/** What to change of a batch; absent stays as it is. */
public record BatchEdit(
    Optional<String> name,
    Optional<String> description,
    Optional<Integer> maxConcurrency,
    Optional<Priority> priority,
    Replacement<Instant> deadline) {
  public static final BatchEdit NOTHING =
      new BatchEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Replacement.keep());
}
