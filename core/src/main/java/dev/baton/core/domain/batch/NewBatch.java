package dev.baton.core.domain.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import java.util.Optional;

/**
 * A batch to be made, without its rows.
 *
 * @param id kept as given; made when absent
 * @param name for people, up to {@link #NAME_MAX} UTF-16 units; may be empty
 * @param description for people, up to {@link #DESCRIPTION_MAX} UTF-16 units
 * @param idempotencyKey names the request that made it
 */
public record NewBatch(
    Optional<BatchId> id,
    String name,
    String description,
    BatchConfig config,
    Optional<IdempotencyKey> idempotencyKey) {
  public static final int NAME_MAX = 200;
  public static final int DESCRIPTION_MAX = 2_000;

  public NewBatch {
    requireNonNull(id, "id");
    requireNonNull(config, "config");
    requireNonNull(idempotencyKey, "idempotencyKey");
    checkArgument(name.length() <= NAME_MAX, "a name has up to %s characters", NAME_MAX);
    checkArgument(
        description.length() <= DESCRIPTION_MAX,
        "a description has up to %s characters",
        DESCRIPTION_MAX);
  }

  public static NewBatch of(String name, BatchConfig config) {
    return new NewBatch(Optional.empty(), name, "", config, Optional.empty());
  }
}
