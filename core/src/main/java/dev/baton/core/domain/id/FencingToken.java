package dev.baton.core.domain.id;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Tells the leases of one task apart: it grows with each of them, and whoever settles names it, so
 * that a holder who was overtaken changes nothing (Martin Kleppmann, "How to do distributed
 * locking", 2016).
 */
public record FencingToken(long value) {

  public FencingToken {
    checkArgument(value >= 1, "tokens count from 1, was %s", value);
  }
}
