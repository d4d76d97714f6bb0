package dev.baton.core.usecase.model;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.TextRules;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.port.ModelClient.Call;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task in the executor's hands: its call, its lease, its pieces. All but {@link #addPiece} is for
 * the executor's thread.
 */
final class InFlightCall {
  private final LeasedTask task;
  private final ModelName model;

  /** Whether there will be a next attempt, which would ask a model that was not asked yet. */
  private final boolean fallbackFollows;

  @Nullable Call call;

  /** Nobody waits for its end any more: its lease is lost, or given back. */
  boolean dropped;

  /** The call is over, and its place free. */
  boolean ended;

  /** What is to be stored of it. */
  @Nullable Settlement settlement;

  /** When its lease is to be extended; a time far off while that is under way. */
  Instant extendAt;

  @GuardedBy("this")
  private int chunks;

  Instant piecesAt = Instant.EPOCH;

  @GuardedBy("this")
  private final StringBuilder pieces = new StringBuilder();

  InFlightCall(LeasedTask task, ModelName model, boolean fallbackFollows, Instant extendAt) {
    this.task = task;
    this.model = model;
    this.fallbackFollows = fallbackFollows;
    this.extendAt = extendAt;
  }

  LeasedTask task() {
    return task;
  }

  TenantId tenant() {
    return task.row().tenant();
  }

  LeaseId lease() {
    return task.leaseId();
  }

  ModelName model() {
    return model;
  }

  boolean fallbackFollows() {
    return fallbackFollows;
  }

  /** True when nothing was waiting to be stored before. */
  synchronized boolean addPiece(String piece) {
    boolean first = pieces.length() <= half();
    pieces.append(piece);
    return first && !piece.isEmpty();
  }

  /** Units at the end whose other half is still to come: providers cut pairs in two. */
  @GuardedBy("this")
  private int half() {
    int length = pieces.length();
    return length > 0 && Character.isHighSurrogate(pieces.charAt(length - 1)) ? 1 : 0;
  }

  /** The pieces that wait, as one; empty when there are none, or as many are stored as may be. */
  synchronized Optional<String> takePieces() {
    if (pieces.length() <= half() || chunks >= Chunk.MAX_PER_LEASE) {
      return Optional.empty();
    }
    int end = pieces.length() - half();
    String taken = TextRules.readable(pieces.substring(0, end));
    pieces.delete(0, end);
    chunks++;
    return Optional.of(taken);
  }

  /** The number of the chunk that was taken last. */
  synchronized int chunk() {
    return chunks;
  }
}
