package dev.baton.core.domain.input;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON for the core, which has no library for it. Values are {@code Map} by
 * member, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null. Thread-safe.
 */
public interface JsonCodec {
  /** Levels of objects and arrays that a value may have. */
  int NESTING_MAX = 100;

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException if it is not exactly one JSON value, names a member twice, or
   *     has more than {@link #NESTING_MAX} levels
   */
  @Nullable Object parse(String json);

  /** Such a value as JSON text without blanks. */
  String write(Object value);
}
