package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import java.time.Instant;

/**
 * A worker's exclusive claim on a task until {@code expiresAt}.
 *
 * <p>Holding this object proves nothing: the lease may have expired and the task gone to another
 * worker. Only the store can tell, by comparing the token, and it does so on every write.
 */
public record Lease(
    TaskId taskId, WorkerId holder, FencingToken token, Instant grantedAt, Instant expiresAt) {

  public Lease {
    requireNonNull(taskId, "taskId");
    requireNonNull(holder, "holder");
    requireNonNull(token, "token");
    checkArgument(
        expiresAt.isAfter(grantedAt), "a lease ends after it starts: %s..%s", grantedAt, expiresAt);
  }

  /** The interval is half-open: at {@code expiresAt} exactly, the lease is already gone. */
  public boolean isExpiredAt(Instant now) {
    return !now.isBefore(expiresAt);
  }

  public LeaseId id() {
    return new LeaseId(taskId, token);
  }
}
