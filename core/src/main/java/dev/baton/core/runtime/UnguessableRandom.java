package dev.baton.core.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * {@link SecureRandom}, drawn in advance by the kilobyte: an id costs one number, and a call for
 * each number would take longer than the rest of making it. Thread-safe.
 */
public final class UnguessableRandom implements RandomGenerator {
  private static final int BYTES = 4_096;

  private final SecureRandom source = new SecureRandom();
  private final byte[] drawn = new byte[BYTES];

  @GuardedBy("this")
  private final ByteBuffer left = ByteBuffer.wrap(drawn).position(BYTES);

  @Override
  public synchronized long nextLong() {
    if (left.remaining() < Long.BYTES) {
      source.nextBytes(drawn);
      left.clear();
    }
    return left.getLong();
  }
}
