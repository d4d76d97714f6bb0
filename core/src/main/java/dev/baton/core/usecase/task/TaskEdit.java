package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What to change of a task that waits; absent stays as it is.
 *
 * @param prompt makes the new prompt of the old one, knowing the model that the task will have; may
 *     refuse it
 * @param version which the task must still have, see {@link Task#version}
 */
public record TaskEdit(
    BiFunction<Prompt, Optional<ModelName>, Prompt> prompt,
    Replacement<ModelName> model,
    Optional<Priority> priority,
    Replacement<Instant> startAt,
    Replacement<Instant> deadline,
    Optional<String> version) {

  public TaskEdit {
    requireNonNull(prompt, "prompt");
    requireNonNull(model, "model");
    requireNonNull(priority, "priority");
    requireNonNull(startAt, "startAt");
    requireNonNull(deadline, "deadline");
    requireNonNull(version, "version");
  }

  /** Of a task of any version, whose model stays. */
  public static TaskEdit of(
      Optional<String> text,
      Optional<Metadata> metadata,
      Optional<Priority> priority,
      Optional<Instant> startAt,
      Optional<Instant> deadline) {
    return new TaskEdit(
        (old, model) ->
            new Prompt(text.orElse(old.text()), metadata.orElse(old.metadata()), old.parameters()),
        Replacement.keep(),
        priority,
        Replacement.given(startAt),
        Replacement.given(deadline),
        Optional.empty());
  }
}
