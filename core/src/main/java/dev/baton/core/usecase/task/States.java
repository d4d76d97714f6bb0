package dev.baton.core.usecase.task;

import dev.baton.core.domain.task.TaskState.Kind;

/** States as a sentence says them: every dialect has its own words, and shows these sentences. */
final class States {

  private States() {}

  static String said(Kind state) {
    return switch (state) {
      case HELD, READY -> "is waiting";
      case LEASED -> "is being worked on";
      case SUCCEEDED -> "has its answer";
      case DEAD -> "has failed";
      case CANCELLED -> "was cancelled";
    };
  }
}
