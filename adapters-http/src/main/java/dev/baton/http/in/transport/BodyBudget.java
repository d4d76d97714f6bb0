package dev.baton.http.in.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that large bodies share: each is bounded by itself, and many at once by this. Small
 * bodies are not counted; connections bound them. Thread-safe.
 */
final class BodyBudget {
  private final AtomicLong left;

  BodyBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Whether this much was left; then it is the caller's until released. */
  boolean reserve(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void release(long bytes) {
    left.addAndGet(bytes);
  }
}
