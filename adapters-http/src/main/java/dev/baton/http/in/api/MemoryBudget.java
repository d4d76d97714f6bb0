package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that large bodies or large replies share: each is bounded by itself, and many at once
 * by this. Who is alone always gets what it asks for, so that nothing that is allowed is refused by
 * an idle server however small its heap. Thread-safe.
 */
public final class MemoryBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /** For so many bytes at once, 0 or more. */
  public MemoryBudget(long most) {
    checkArgument(most >= 0, "not negative: %s", most);
    this.most = most;
  }

  /** One that is never used up. */
  public static MemoryBudget unbounded() {
    return new MemoryBudget(Long.MAX_VALUE);
  }

  /**
   * Takes this much, if it is there or if nobody else holds any.
   *
   * @param own what the caller holds already; less than 0 where being alone is no reason
   * @return whether it is the caller's now, until {@link #release}
   */
  public boolean reserve(long more, long own) {
    while (true) {
      long now = held.get();
      if (now > own && more > most - now) {
        return false;
      }
      if (held.compareAndSet(now, now + more)) {
        return true;
      }
    }
  }

  /** Takes this much in any case: it is in memory already. */
  public void add(long bytes) {
    held.addAndGet(bytes);
  }

  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Whether nothing is left. */
  public boolean isUsedUp() {
    return held.get() >= most;
  }
}
