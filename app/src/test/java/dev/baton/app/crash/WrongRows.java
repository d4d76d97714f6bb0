package dev.baton.app.crash;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Faults in what is found and written. */
final class WrongRows extends ForwardingTaskRows {
  private final Transaction tx;
  private final Fault fault;

  WrongRows(Transaction tx, Fault fault) {
    super(tx.tasks());
    this.tx = tx;
    this.fault = fault;
  }

  @Override
  public Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids) {
    Map<TaskId, TaskRow> found = new HashMap<>(inner.find(tenant, ids));
    found.replaceAll((id, row) -> row.with(seen(row.leaseState())));
    return found;
  }

  private LeaseState seen(LeaseState is) {
    boolean revived = fault == Fault.RESULT_OVERWRITTEN && is.state() == Kind.SUCCEEDED;
    boolean rewound =
        fault == Fault.STALE_TOKEN_ACCEPTED
            && is.token() > 1
            && ThreadLocalRandom.current().nextBoolean();
    return new LeaseState(
        revived ? Kind.READY : is.state(),
        is.attempts(),
        rewound ? is.token() - 1 : is.token(),
        is.holder(),
        is.leasedAt(),
        is.leaseUntil(),
        is.startAt(),
        is.inGate(),
        is.changedAt());
  }

  @Override
  public Optional<TaskRow> find(long seq) {
    return fault == Fault.KEY_FORGOTTEN ? Optional.empty() : inner.find(seq);
  }

  @Override
  public void update(List<TaskRow> rows) {
    if (fault == Fault.RESULT_OVERWRITTEN) {
      rows.stream()
          .filter(row -> row.state() == Kind.SUCCEEDED)
          .forEach(row -> tx.answers().removeResult(row.seq()));
    }
    List<TaskRow> kept = rows.stream().filter(this::isKept).toList();
    if (!kept.isEmpty()) {
      inner.update(kept);
    }
  }

  private boolean isKept(TaskRow row) {
    LeaseState leaseState = row.leaseState();
    boolean leased = leaseState.state() == Kind.LEASED;
    boolean fresh = leaseState.leasedAt() == leaseState.changedAt();
    return switch (fault) {
      case GRANT_NOT_KEPT -> !(leased && fresh) || ThreadLocalRandom.current().nextInt(4) > 0;
      case HEARTBEAT_IGNORED -> !leased || fresh;
      default -> true;
    };
  }

  @Override
  public List<TaskRow> expired(Instant now, int max) {
    return fault == Fault.EXPIRY_FORGOTTEN ? List.of() : inner.expired(now, max);
  }
}
