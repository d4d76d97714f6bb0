package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A task's attempts. An execution is named after its task and the token of its lease, which is
 * different for each lease of a task.
 */
public final class Executions {
  /** Those that are over and kept, the one that brought the answer, and the one that runs. */
  static final int KEPT_MAX = 102;

  private Executions() {}

  static String id(String task, long token) {
    return "exec-" + task + "-" + token;
  }

  /** The execution that runs, or else the one that the next lease will be. */
  public static String current(TaskRow row) {
    LeaseState state = row.leaseState();
    long token = state.state() == Kind.LEASED ? state.token() : state.token() + 1;
    return id(row.id().value(), token);
  }

  /** Those that are over, then the one that brought the answer or still runs. */
  static List<Execution> of(Task task) {
    List<Execution> executions = new ArrayList<>();
    for (Attempt attempt : task.attempts()) {
      executions.add(Execution.past(task.id().value(), attempt, executions.size() + 1));
    }
    TaskRow row = task.row();
    Kind state = row.leaseState().state();
    if ((state == Kind.LEASED || state == Kind.SUCCEEDED) && row.leaseState().leasedAt() > 0) {
      executions.add(Execution.last(row, executions.size() + 1));
    }
    return executions;
  }
}
