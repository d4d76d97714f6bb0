package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.BatchState;
import dev.baton.http.in.json.Doc;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** This dialect's words for a batch's state. */
@Doc("Where the batch is in its life.")
enum BatchStatus {
  PENDING,
  RUNNING,
  PAUSED,
  CANCELLING,
  COMPLETED,
  FAILED,
  CANCELLED;

  static final List<String> WORDS = Arrays.stream(values()).map(BatchStatus::word).toList();

  static BatchStatus of(BatchState state) {
    return switch (state) {
      case IMPORTING, CREATED -> PENDING;
      case RUNNING -> RUNNING;
      case PAUSED -> PAUSED;
      case CANCELLING, DELETING -> CANCELLING;
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
    };
  }

  /** The states that one of {@link #WORDS} stands for. */
  static Set<BatchState> states(String word) {
    Set<BatchState> states = EnumSet.noneOf(BatchState.class);
    for (BatchState state : BatchState.values()) {
      if (state.isVisible() && of(state).word().equals(word)) {
        states.add(state);
      }
    }
    return states;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
