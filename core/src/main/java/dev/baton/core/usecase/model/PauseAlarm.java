package dev.baton.core.usecase.model;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells people of pauses that they should look at: of one model once in {@link #QUIET}, however
 * many of its calls end alike. For one thread at a time.
 */
final class PauseAlarm {
  /** How long nothing more is said of a model. */
  static final Duration QUIET = Duration.ofMinutes(1);

  private final BiConsumer<ModelFault, ModelPause> listener;
  private final Map<ModelName, Instant> told = new HashMap<>();

  PauseAlarm(BiConsumer<ModelFault, ModelPause> listener) {
    this.listener = listener;
  }

  /** Tells of a pause that begins now. */
  void raise(ModelFault fault, ModelPause pause, Instant now) {
    told.values().removeIf(at -> !at.plus(QUIET).isAfter(now));
    if (told.putIfAbsent(pause.model(), now) == null) {
      listener.accept(fault, pause);
    }
  }
}
