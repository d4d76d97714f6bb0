package dev.baton.core.usecase.task;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.prompt.TextRules;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Touches;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a holder does while it works: heartbeat, progress, pieces of the answer. Thread-safe. */
public final class LeasedWork {
  /** Chunks that one call may append. */
  public static final int CHUNKS_MAX = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Settings settings;

  public LeasedWork(Store store, InstantSource clock, Settings settings) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.settings = requireNonNull(settings, "settings");
  }

  /**
   * Extends the lease to {@code lease} from now; never shortens it. Refused with {@link
   * ErrorCode#LEASE_LOST}, {@link ErrorCode#TASK_CANCELLED} or {@link ErrorCode#TASK_NOT_FOUND}:
   * then the holder must drop its work.
   *
   * @param progress how far it is, where it can tell
   */
  public CompletableFuture<Lease> extend(
      TenantId tenant, LeaseId leaseId, Duration lease, Optional<Progress> progress) {
    checkArgument(
        lease.toMillis() >= 1 && lease.compareTo(settings.leaseMax()) <= 0,
        "a lease is from 1 ms to %s",
        DurationText.of(settings.leaseMax()));
    return store.write(
        Urgency.CARRY,
        Touches.of(tenant, leaseId.taskId()),
        tx -> {
          Instant now = clock.instant();
          TaskRow row = current(tx, tenant, leaseId);
          TaskRow extended =
              row.with(
                  row.leaseState().extended(now.plus(lease).toEpochMilli(), now.toEpochMilli()));
          Transitions.touch(tx, row, extended);
          progress.ifPresent(p -> tx.answers().putProgress(row.seq(), p));
          return extended.lease();
        });
  }

  /**
   * Adds pieces to the running answer, for readers who do not want to wait for its end. The answer
   * itself is still what completes the task.
   *
   * @param from the number of the first piece, which must follow the last one stored; pieces that
   *     are stored already are passed over, so that a repeated call is harmless. Empty: the next
   * @return the number of the last piece stored
   */
  public CompletableFuture<Integer> append(
      TenantId tenant, LeaseId leaseId, Optional<Integer> from, List<String> texts) {
    checkArgument(texts.size() <= CHUNKS_MAX, "%s chunks at once", CHUNKS_MAX);
    texts.forEach(LeasedWork::checkKeepable);
    return store.write(
        Urgency.CARRY,
        Touches.of(tenant, leaseId.taskId()),
        tx -> {
          TaskRow row = current(tx, tenant, leaseId);
          int last = tx.answers().lastChunk(row.seq(), leaseId.token().value());
          int first = from.orElse(last + 1);
          if (first < 1 || first > last + 1 || first - 1L + texts.size() > Chunk.MAX_PER_LEASE) {
            throw new BatonException(
                ErrorCode.VALIDATION_FAILED,
                "the next chunk is number " + (last + 1) + " of at most " + Chunk.MAX_PER_LEASE);
          }
          List<Chunk> fresh = new ArrayList<>();
          for (int i = last + 1 - first; i < texts.size(); i++) {
            fresh.add(new Chunk(leaseId.token().value(), first + i, texts.get(i)));
          }
          tx.answers().addChunks(row.seq(), fresh);
          return last + fresh.size();
        });
  }

  private static void checkKeepable(String text) {
    TextRules.problem(text)
        .ifPresent(
            problem -> {
              throw new BatonException(ErrorCode.VALIDATION_FAILED, "a chunk: " + problem);
            });
  }

  private static TaskRow current(Transaction tx, TenantId tenant, LeaseId leaseId) {
    TaskRow row = tx.tasks().find(tenant, List.of(leaseId.taskId())).get(leaseId.taskId());
    if (row == null) {
      if (tx.removals().isBuried(tenant, leaseId.taskId())) {
        throw refused(leaseId, Settled.Kind.CANCELLED);
      }
      throw TaskRefusals.unknown(leaseId.taskId());
    }
    if (row.state() == Kind.LEASED && row.leaseState().isCurrent(leaseId.token())) {
      return row;
    }
    Settled.Kind why =
        row.state() == Kind.CANCELLED ? Settled.Kind.CANCELLED : Settled.Kind.LEASE_LOST;
    throw refused(leaseId, why);
  }

  private static BatonException refused(LeaseId leaseId, Settled.Kind why) {
    return new BatonException(
        why.refusal(), TaskRefusals.message(new Settled(leaseId.taskId(), why)));
  }
}
