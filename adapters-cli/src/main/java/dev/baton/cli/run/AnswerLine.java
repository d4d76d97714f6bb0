package dev.baton.cli.run;

import dev.baton.core.client.TaskAnswer;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.util.Optional;

/** One line of the output. */
record AnswerLine(int row, Optional<String> label, TaskId taskId, TaskAnswer answer) {

  boolean isAnswered() {
    return answer.state() == TaskState.Kind.SUCCEEDED;
  }
}
