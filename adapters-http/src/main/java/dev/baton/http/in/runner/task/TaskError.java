package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Failure;
import dev.baton.http.in.json.Doc;

/** Why there is no answer. */
@Doc("Why there is no answer.")
public record TaskError(
    @Doc("A stable word in capitals.") String code, @Doc("For people.") String message) {
  static final TaskError CANCELLED = new TaskError("CANCELLED", "The task was cancelled");

  public static TaskError of(Failure failure) {
    return new TaskError(failure.code(), failure.message());
  }
}
