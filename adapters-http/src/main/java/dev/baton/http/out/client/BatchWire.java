package dev.baton.http.out.client;

import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Counts;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All of a batch, as seed 2's dialect sends it. */
record BatchWire(Data data) {

  Details toCore() {
    return data.toCore();
  }

  record Data(
      String id,
      String name,
      @Nullable String description,
      String status,
      Progress progress,
      ConfigWire config,
      Instant createdAt,
      Wire.@Nullable Waiting waiting) {

    Details toCore() {
      return new Details(
          new BatchOf(id, name, status, progress, createdAt).toCore(),
          Optional.ofNullable(description).orElse(""),
          config.toCore(),
          Optional.ofNullable(waiting).map(Wire.Waiting::toCore));
    }
  }

  record BatchOf(String id, String name, String status, Progress progress, Instant createdAt) {
    Batch toCore() {
      BatchState state =
          status.equals("pending") ? BatchState.CREATED : Wire.constant(BatchState.class, status);
      return new Batch(new BatchId(id), name, state, progress.toCore(), createdAt);
    }
  }

  /** Here pending counts those that run, and failed those that were cancelled. */
  record Progress(long completed, long failed, long pending, long running, long cancelled) {
    Counts toCore() {
      return new Counts(pending - running, running, completed, failed - cancelled, cancelled);
    }
  }
}
