package dev.baton.http.in.runner.shared;

import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.http.in.json.Doc;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** This dialect's words for a task's state. */
@Doc("Where the task is in its life.")
public enum TaskStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED;

  public static final List<String> WORDS = Arrays.stream(values()).map(TaskStatus::word).toList();

  public static TaskStatus of(Kind state) {
    return switch (state) {
      case HELD, READY -> PENDING;
      case LEASED -> RUNNING;
      case SUCCEEDED -> COMPLETED;
      case DEAD, CANCELLED -> FAILED;
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The states that one of {@link #WORDS} stands for. */
  public static Set<Kind> states(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> of(kind).word().equals(word))
        .collect(Collectors.toSet());
  }
}
