package dev.baton.core.domain.prompt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A model that is left alone for a while, by everybody: its tasks stay in line.
 *
 * @param until when it is asked again
 * @param reason for people; cut to {@link #MAX_REASON_LENGTH} UTF-16 units
 */
public record ModelPause(ModelName model, Instant until, String reason) {
  public static final int MAX_REASON_LENGTH = 512;

  public ModelPause {
    requireNonNull(model, "model");
    requireNonNull(until, "until");
    reason = reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH));
  }

  /** Whether it still holds. */
  public boolean holdsAt(Instant now) {
    return until.isAfter(now);
  }
}
