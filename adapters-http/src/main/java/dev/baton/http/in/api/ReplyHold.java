package dev.baton.http.in.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * What one reply takes up until it has been sent, and what is undone where it never is.
 * Thread-safe: a reply may be made on one thread and end on another.
 */
public final class ReplyHold {
  /** Replies up to this length are not counted; the number of connections bounds them. */
  public static final int SMALL = 16 * 1024;

  private static final long NOT_ALONE = -1;

  private final MemoryBudget budget;

  @GuardedBy("this")
  private long length;

  @GuardedBy("this")
  private long held;

  @GuardedBy("this")
  private boolean over;

  @GuardedBy("this")
  private @Nullable Runnable undo;

  public ReplyHold(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Whether the reply may grow by so much; no longer once it is over. */
  public synchronized boolean take(long more) {
    if (over) {
      return false;
    }
    if (length + more > SMALL) {
      long wanted = length + more - held;
      // What is too large for the budget passes when it is alone, but nothing is added to it.
      if (!budget.reserve(wanted, held == 0 ? 0 : NOT_ALONE)) {
        return false;
      }
      held += wanted;
    }
    length += more;
    return true;
  }

  /** Counts a reply that has been made, whatever was taken for it. */
  public synchronized void made(long bytes) {
    if (!over && bytes > SMALL && bytes > held) {
      budget.add(bytes - held);
      held = bytes;
    }
  }

  /** What is done if the reply does not reach its client; at once, if it can't any more. */
  public void onUnsent(Runnable action) {
    synchronized (this) {
      if (!over) {
        undo = action;
        return;
      }
    }
    action.run();
  }

  /** The reply has been sent, or never will be. Further calls do nothing. */
  public void end(boolean sent) {
    Runnable action;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      budget.release(held);
      action = sent ? null : undo;
      undo = null;
    }
    if (action != null) {
      action.run();
    }
  }
}
