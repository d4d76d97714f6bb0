package dev.baton.core.domain.input;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.domain.task.NewTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A task as somebody described it, or all that is wrong with the description.
 *
 * @param task what was said and no more: neither a batch nor a default has spoken yet; empty if
 *     there are problems
 * @param others names that mean nothing here, which went into the metadata with what they say
 */
public record TaskInput(
    Optional<NewTask.Builder> task, List<InputProblem> problems, List<String> others) {

  public TaskInput {
    problems = List.copyOf(problems);
    others = List.copyOf(others);
    checkArgument(task.isPresent() == problems.isEmpty(), "a task, or what is wrong with it");
  }

  /** All problems in one sentence for people. */
  public String sentence() {
    return problems.stream().map(InputProblem::sentence).collect(Collectors.joining("; "));
  }
}
