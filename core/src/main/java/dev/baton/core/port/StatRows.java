package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What ended when, by stretches of {@link Stats#BUCKET} and model; part of a {@link Transaction}. A
 * store writes what one transaction added once, so that a read in the same transaction may not see
 * it.
 */
public interface StatRows {

  /** Adds to the stretch that begins at {@code start}; no model where a worker named none. */
  void add(TenantId tenant, Instant start, Optional<ModelName> model, Stats more);

  /** A tenant's stretches that begin at {@code from} or later, and before {@code to}, in order. */
  List<Bucket> list(TenantId tenant, Instant from, Instant to);

  /** Removes stretches that began before {@code cutoff}; how many went. */
  int prune(Instant cutoff, int max);

  /** A stretch of one model. */
  record Bucket(Instant start, Optional<ModelName> model, Stats stats) {}
}
