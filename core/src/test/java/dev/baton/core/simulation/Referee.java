package dev.baton.core.simulation;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.usecase.task.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the server answers, and judges it by what it answered before. Knows nothing of how the
 * core comes to its answers.
 */
final class Referee {
  private final Verdict verdict;
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final Map<TaskId, List<Grant>> grants = new HashMap<>();
  private final Map<TaskId, String> answers = new HashMap<>();
  private final Set<String> answersGiven = new HashSet<>();
  private final Set<TaskId> cancelled = new HashSet<>();
  private final Set<QueueName> paused = new HashSet<>();
  private long moment;

  Referee(Verdict verdict) {
    this.verdict = verdict;
  }

  /** One prompt that a client wants answered; its text is the name of the request. */
  static final class Request {
    final NewTask task;
    private final long sentAt;
    private long acknowledgedAt = Long.MAX_VALUE;
    @Nullable TaskId id;

    private Request(NewTask task, long sentAt) {
      this.task = task;
      this.sentAt = sentAt;
    }

    /** Whether nothing but the moment of its submission orders it. */
    private boolean isPlain() {
      return task.startAt().isEmpty() && task.deadline().isEmpty() && task.gate().isEmpty();
    }

    private boolean isBefore(Request other) {
      return acknowledgedAt < other.sentAt
          && isPlain()
          && other.isPlain()
          && task.queue().equals(other.task.queue())
          && task.priority().equals(other.task.priority());
    }
  }

  /** A lease, as its holder may believe in it. */
  private static final class Grant {
    private final long token;
    private Instant until;

    /** Its holder tried to give it back, or somebody to call the task off. */
    private boolean mayBeOver;

    /** A failure or a release was acknowledged. */
    private boolean givenBack;

    private Grant(Lease lease) {
      token = lease.token().value();
      until = lease.expiresAt();
    }
  }

  Request asks(NewTask task) {
    Request request = new Request(task, ++moment);
    requests.put(task.prompt().text(), request);
    return request;
  }

  List<Request> requests() {
    return List.copyOf(requests.values());
  }

  void submitted(Request request, Submitted submitted) {
    if (request.id == null) {
      request.id = submitted.id();
      request.acknowledgedAt = ++moment;
    }
    verdict.check(
        submitted.id().equals(request.id),
        Rule.DUPLICATE,
        "%s is %s and %s",
        request.task.prompt().text(),
        request.id,
        submitted.id());
  }

  void granted(LeasedTask task, Instant now, List<TaskRow> all) {
    TaskId id = task.id();
    List<Grant> before = grants.computeIfAbsent(id, key -> new ArrayList<>());
    long token = task.lease().token().value();
    for (Grant earlier : before) {
      verdict.check(earlier.token < token, Rule.TOKEN, "%s: %d after %d", id, token, earlier.token);
      verdict.check(
          earlier.mayBeOver || !earlier.until.isAfter(now),
          Rule.OVERLAP,
          "%s: %d at %s, %d is valid until %s",
          id,
          token,
          now,
          earlier.token,
          earlier.until);
    }
    before.add(new Grant(task.lease()));
    verdict.check(
        task.attempt() <= task.row().terms().retry().maxAttempts(),
        Rule.ATTEMPTS,
        "%s: attempt %d",
        id,
        task.attempt());
    verdict.check(!cancelled.contains(id), Rule.FORBIDDEN, "%s was cancelled", id);
    verdict.check(
        !paused.contains(task.row().terms().queue()), Rule.FORBIDDEN, "%s: queue is paused", id);
    checkOrder(task, all);
  }

  private void checkOrder(LeasedTask task, List<TaskRow> all) {
    Request granted = requireNonNull(requests.get(task.prompt().text()));
    for (Request other : requests.values()) {
      if (other.isBefore(granted)) {
        boolean stillWaits =
            all.stream()
                .anyMatch(
                    row ->
                        row.id().equals(other.id)
                            && row.state() == Kind.READY
                            && row.leaseState().token() == 0);
        verdict.check(
            !stillWaits, Rule.ORDER, "%s went before %s", task.id(), String.valueOf(other.id));
      }
    }
  }

  void extended(LeaseId lease, Lease extended) {
    Grant grant = grant(lease);
    if (grant != null) {
      grant.until = extended.expiresAt();
      verdict.check(!isOvertaken(lease), Rule.STALE_SETTLE, "%s extended, overtaken", lease);
    }
  }

  private @Nullable Grant grant(LeaseId lease) {
    return grants.getOrDefault(lease.taskId(), List.of()).stream()
        .filter(grant -> grant.token == lease.token().value())
        .findFirst()
        .orElse(null);
  }

  private boolean isOvertaken(LeaseId lease) {
    return grants.getOrDefault(lease.taskId(), List.of()).stream()
        .anyMatch(grant -> grant.token > lease.token().value());
  }

  /**
   * Somebody is about to settle: whatever is answered, the lease may be over then.
   *
   * @return why it must not be done, if so: what it frees may be granted anew before it returns
   */
  Optional<String> settles(Settlement settlement) {
    if (settlement instanceof Settlement.Complete complete) {
      answersGiven.add(complete.completion().content());
    }
    if (settlement.token().isEmpty()) {
      return Optional.empty();
    }
    LeaseId lease = new LeaseId(settlement.taskId(), settlement.token().get());
    Grant grant = grant(lease);
    if (grant != null) {
      grant.mayBeOver = true;
      if (grant.givenBack) {
        return Optional.of(lease + " was given back");
      }
    }
    return isOvertaken(lease) ? Optional.of(lease + " is overtaken") : Optional.empty();
  }

  void settled(Settlement settlement, Settled.Kind kind, Optional<String> objection) {
    if (!kind.isAccepted()) {
      return;
    }
    TaskId id = settlement.taskId();
    if (kind == Settled.Kind.DONE) {
      objection.ifPresent(why -> verdict.broken(Rule.STALE_SETTLE, "%s", why));
      verdict.check(!cancelled.contains(id), Rule.FORBIDDEN, "%s was cancelled", id);
      if (!(settlement instanceof Settlement.Complete)) {
        Grant grant = grant(new LeaseId(id, settlement.token().orElseThrow()));
        if (grant != null) {
          grant.givenBack = true;
        }
      }
    }
    if (settlement instanceof Settlement.Complete complete && kind != Settled.Kind.ALTERNATIVE) {
      answered(id, complete.completion().content());
    }
  }

  private void answered(TaskId id, String answer) {
    String first = answers.putIfAbsent(id, answer);
    verdict.check(
        first == null || first.equals(answer), Rule.TWO_ANSWERS, "%s: %s, %s", id, first, answer);
  }

  /** What a reader was shown. */
  void shown(Task task) {
    task.completion()
        .ifPresent(
            completion -> {
              verdict.check(
                  answersGiven.contains(completion.content()),
                  Rule.TWO_ANSWERS,
                  "%s: nobody said %s",
                  task.id(),
                  completion.content());
              answered(task.id(), completion.content());
            });
    verdict.check(
        task.completion().isPresent() || !answers.containsKey(task.id()),
        Rule.LOST,
        "the answer of %s is gone",
        task.id());
  }

  void cancels(TaskId id) {
    mayBeOver(id);
  }

  private void mayBeOver(TaskId id) {
    grants.getOrDefault(id, List.of()).forEach(grant -> grant.mayBeOver = true);
  }

  void cancelled(TaskId id) {
    cancelled.add(id);
  }

  void redrives(TaskId id) {
    // What is redriven was cancelled, or died: its deadline ends a lease early.
    mayBeOver(id);
    cancelled.remove(id);
  }

  void paused(QueueName queue) {
    paused.add(queue);
  }

  void resumes(QueueName queue) {
    paused.remove(queue);
  }
}
