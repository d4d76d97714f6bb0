package dev.baton.cli.process;

import dev.baton.cli.shared.Patience;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.LeaseId;
import java.time.Duration;
import java.util.Optional;

/** Extends a lease every third of it, while its program runs. For one thread. */
final class Heartbeat {
  private final TaskClient server;
  private final LeaseId leaseId;
  private final Duration lease;
  private final WorkLog log;
  private long lastBeat = System.nanoTime();

  Heartbeat(TaskClient server, LeaseId leaseId, Duration lease, WorkLog log) {
    this.server = server;
    this.leaseId = leaseId;
    this.lease = lease;
    this.log = log;
  }

  /** False when the lease is no longer valid and the work must be dropped. */
  boolean beatIfDue() {
    long now = System.nanoTime();
    if (now - lastBeat < lease.dividedBy(3).toNanos()) {
      return true;
    }
    lastBeat = now;
    try {
      server.extend(leaseId, lease, Optional.empty());
      return true;
    } catch (BatonException e) {
      if (isGone(e.code())) {
        return false;
      }
      if (Patience.mayPass(e.code())) {
        // The lease may still be held; if not, the answer is refused and nothing is harmed.
        log.say("task %s: can't extend the lease: %s".formatted(leaseId.taskId(), e.getMessage()));
        return true;
      }
      throw e;
    }
  }

  /** Whether the task is no longer this worker's business. */
  static boolean isGone(ErrorCode code) {
    return code == ErrorCode.LEASE_LOST
        || code == ErrorCode.TASK_CANCELLED
        || code == ErrorCode.TASK_NOT_FOUND
        || code == ErrorCode.INVALID_STATE;
  }
}
