package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A piece of a running answer. Chunks of one lease are numbered from 1 without gaps; a reader that
 * sees {@code token} grow starts over.
 *
 * @param token the fencing token of the lease they were written under: unlike the number of an
 *     attempt, it is never given twice, whether the task is released or redriven
 */
public record Chunk(long token, int number, String text) {
  /** Pieces that one lease may append. */
  public static final int MAX_PER_LEASE = 100_000;

  public Chunk {
    checkArgument(token >= 1 && number >= 1, "tokens and chunks count from 1");
    requireNonNull(text, "text");
  }
}
