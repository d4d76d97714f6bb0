package dev.baton.cli.run;

import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.WorkServer.Answer;
import java.util.Optional;

/** One line of the output. */
record AnswerLine(int row, Optional<String> label, TaskId taskId, Answer answer) {

  boolean isAnswered() {
    return answer.state() == TaskState.Kind.SUCCEEDED;
  }
}
