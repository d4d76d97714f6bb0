package dev.baton.http.out.client;

import dev.baton.core.client.BatchClient.Details;
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
      HttpBatchClient.Progress progress,
      ConfigWire config,
      Instant createdAt,
      Wire.@Nullable Waiting waiting) {

    Details toCore() {
      return new Details(
          new HttpBatchClient.BatchOf(id, name, status, progress, createdAt).toCore(),
          Optional.ofNullable(description).orElse(""),
          config.toCore(),
          Optional.ofNullable(waiting).map(Wire.Waiting::toCore));
    }
  }
}
