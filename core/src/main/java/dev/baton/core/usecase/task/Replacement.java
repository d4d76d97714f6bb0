package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What becomes of a value that may be absent.
 *
 * @param isMentioned false when it stays as it is
 * @param value what it is then; empty to take it away
 */
public record Replacement<T>(boolean isMentioned, Optional<T> value) {

  public Replacement {
    requireNonNull(value, "value");
  }

  public static <T> Replacement<T> keep() {
    return new Replacement<>(false, Optional.empty());
  }

  public static <T> Replacement<T> by(T value) {
    return new Replacement<>(true, Optional.of(value));
  }

  /** By {@code value} where there is one; otherwise nothing changes. */
  public static <T> Replacement<T> given(Optional<T> value) {
    return new Replacement<>(value.isPresent(), value);
  }

  public static <T> Replacement<T> removal() {
    return new Replacement<>(true, Optional.empty());
  }

  /** {@code old} after the change. */
  public Optional<T> of(Optional<T> old) {
    return isMentioned ? value : old;
  }
}
