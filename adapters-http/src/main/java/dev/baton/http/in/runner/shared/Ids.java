package dev.baton.http.in.runner.shared;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.NameRules;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Request;
import java.util.Optional;

/** Ids that clients choose or name. */
public final class Ids {
  /** The longest text that is looked at as an id. */
  public static final int LENGTH_MAX = 256;

  private Ids() {}

  /**
   * Checks the id that a new object is to have, which the body's {@code id} names.
   *
   * @throws FieldErrors if it is not 1 to 128 of {@code A-Z a-z 0-9 . _ : -}, or no good file name
   */
  public static void checkChosen(Optional<String> id) {
    if (id.isPresent() && !NameRules.isId(id.get())) {
      throw FieldErrors.invalid(
          "String should be 1 to 128 characters of A-Z a-z 0-9 . _ : - and no reserved name",
          "string_pattern_mismatch",
          "id");
    }
  }

  /** The task that the path names as {@code {id}}: an id that no task can have is just unknown. */
  public static TaskId task(Request request) {
    String id = request.pathParameter("id");
    if (!TaskId.isValid(id)) {
      throw unknownTask();
    }
    return new TaskId(id);
  }

  /** An execution is named after its task and the token of its lease, one of each lease. */
  public static String execution(String task, long token) {
    return "exec-" + task + "-" + token;
  }

  /** The execution that runs, or else the one that the next lease will be. */
  public static String execution(TaskRow row) {
    LeaseState state = row.leaseState();
    long token = state.state() == Kind.LEASED ? state.token() : state.token() + 1;
    return execution(row.id().value(), token);
  }

  public static BatonException unknownTask() {
    return new BatonException(ErrorCode.TASK_NOT_FOUND, "Task not found");
  }
}
