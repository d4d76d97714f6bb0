package dev.baton.core.usecase.task;

import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.task.TaskState.Kind;

/** States as a sentence says them: every dialect has its own words, and shows these sentences. */
public final class States {

  private States() {}

  public static String said(Kind state) {
    return switch (state) {
      case HELD, READY -> "is waiting";
      case LEASED -> "is being worked on";
      case SUCCEEDED -> "has its answer";
      case DEAD -> "has failed";
      case CANCELLED -> "was cancelled";
    };
  }

  public static String said(BatchState state) {
    return switch (state) {
      case IMPORTING -> "is being made";
      case CREATED -> "was not started";
      case RUNNING -> "is running";
      case PAUSED -> "is paused";
      case CANCELLING -> "is being cancelled";
      case COMPLETED -> "is completed";
      case FAILED -> "has failed";
      case CANCELLED -> "was cancelled";
      case DELETING -> "is being deleted";
    };
  }
}
