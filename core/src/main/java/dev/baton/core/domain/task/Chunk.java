package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A piece of a running answer. Chunks of one attempt are numbered from 1 without gaps; a reader
 * that sees {@code attempt} grow starts over.
 */
public record Chunk(int attempt, int number, String text) {
  /** Pieces that one attempt may append. */
  public static final int MAX_PER_ATTEMPT = 100_000;

  public Chunk {
    checkArgument(attempt >= 1 && number >= 1, "attempts and chunks count from 1");
    requireNonNull(text, "text");
  }
}
