package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import java.util.ArrayList;
import java.util.List;

/** A task's attempts. */
final class Executions {
  /** Those that are over and kept, the one that brought the answer, and the one that runs. */
  static final int KEPT_MAX = 102;

  private Executions() {}

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
