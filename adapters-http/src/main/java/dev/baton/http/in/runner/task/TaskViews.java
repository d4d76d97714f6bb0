package dev.baton.http.in.runner.task;

import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.insight.Wait;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shorthands for what other resources show of tasks. */
public final class TaskViews {
  public static final List<String> STATUSES = TaskStatus.WORDS;

  private TaskViews() {}

  public static String status(Kind state) {
    return TaskStatus.of(state).word();
  }

  public static Set<Kind> states(String status) {
    return TaskStatus.states(status);
  }

  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static TaskWait wait(Wait wait) {
    return TaskWait.of(wait);
  }

  public static TaskError error(Failure failure) {
    return TaskError.of(failure);
  }
}
