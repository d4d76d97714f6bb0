package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is wrong with a body, so that all of it is told at once. Not thread-safe. */
public final class Problems {
  private final List<FieldError> errors = new ArrayList<>();
  private final Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);

  /** What is read, or nothing when it is wrong; any other refusal is passed on. */
  public <T> Optional<T> reading(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (FieldErrors wrong) {
      // What two parts read is wrong once.
      wrong.errors().stream().filter(error -> !errors.contains(error)).forEach(errors::add);
      codes.add(wrong.code());
      return Optional.empty();
    }
  }

  /** As {@link #reading}, of a check that gives nothing. */
  public void passing(Runnable check) {
    reading(
        () -> {
          check.run();
          return true;
        });
  }

  public boolean isFull(int max) {
    return errors.size() >= max;
  }

  /**
   * Passes if nothing was wrong.
   *
   * @throws BatonException that names all that was
   */
  public void check() {
    if (!errors.isEmpty()) {
      ErrorCode code = codes.size() == 1 ? codes.iterator().next() : ErrorCode.VALIDATION_FAILED;
      throw new FieldErrors(code, errors);
    }
  }
}
