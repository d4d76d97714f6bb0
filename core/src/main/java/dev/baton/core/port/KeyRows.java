package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.Optional;

/** Dedupe and idempotency keys of tasks; part of a {@link Transaction}. */
public interface KeyRows {

  Optional<Use> find(Key key);

  /** Sets what the key stands for, now. */
  void put(Key key, Use use);

  /** Removes keys used before {@code cutoff}, at most {@code max}; returns how many. */
  int prune(Instant cutoff, int max);

  /**
   * A dedupe or idempotency key.
   *
   * @param scope empty for dedupe keys
   */
  record Key(TenantId tenant, String scope, String value) {}

  /**
   * What a key stands for.
   *
   * @param fingerprint empty for dedupe keys
   */
  record Use(long seq, String fingerprint, Instant since) {}
}
