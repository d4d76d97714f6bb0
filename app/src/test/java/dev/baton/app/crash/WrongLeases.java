package dev.baton.app.crash;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeaseState;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Faults in what is handed out next. */
final class WrongLeases extends ForwardingTaskRows {
  private static final int LOOKAHEAD = 50;

  private final Fault fault;

  WrongLeases(TaskRows inner, Fault fault) {
    super(inner);
    this.fault = fault;
  }

  @Override
  public List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max, int maxCharacters) {
    if (fault == Fault.LEASED_AGAIN && ThreadLocalRandom.current().nextInt(4) == 0) {
      return leased(tenant, queues.get(0), max);
    }
    if (fault == Fault.LAST_FIRST) {
      List<Submission> ready =
          new ArrayList<>(inner.nextReady(tenant, queues, models, max + LOOKAHEAD, maxCharacters));
      Collections.reverse(ready);
      return ready.subList(0, Math.min(max, ready.size()));
    }
    List<Submission> ready = inner.nextReady(tenant, queues, models, max, maxCharacters);
    if (fault == Fault.PROMPTS_MIXED_UP && ready.size() > 1) {
      Prompt first = ready.get(0).prompt();
      return ready.stream().map(s -> new Submission(s.row(), first)).toList();
    }
    return ready.stream().map(s -> new Submission(wrong(s.row()), s.prompt())).toList();
  }

  private TaskRow wrong(TaskRow row) {
    LeaseState was = row.leaseState();
    return switch (fault) {
      case TOKEN_RESET -> row.with(ready(was, was.attempts(), 0));
      case ATTEMPT_NOT_COUNTED -> row.with(ready(was, 0, was.token()));
      default -> row;
    };
  }

  private List<Submission> leased(TenantId tenant, QueueName queue, int max) {
    Filter filter = new Filter(Optional.of(TaskState.Kind.LEASED), Optional.of(queue));
    return inner.list(tenant, filter, Long.MAX_VALUE, max).stream()
        .map(
            row ->
                new Submission(
                    row.with(
                        ready(
                            row.leaseState(),
                            row.leaseState().attempts(),
                            row.leaseState().token())),
                    inner.prompt(row.seq())))
        .toList();
  }

  private static LeaseState ready(LeaseState was, int attempts, long token) {
    return new LeaseState(
        TaskState.Kind.READY,
        attempts,
        token,
        was.holder(),
        was.leasedAt(),
        was.leaseUntil(),
        0,
        was.inGate(),
        was.changedAt());
  }
}
