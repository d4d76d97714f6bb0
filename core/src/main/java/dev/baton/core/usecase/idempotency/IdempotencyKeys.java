package dev.baton.core.usecase.idempotency;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one rule for keys that clients choose, whether they name a task, a batch or a request: within
 * which scope a key is one, how long it stands for what it was used for, and that it stands for one
 * request only. Thread-safe; holds no state.
 */
public final class IdempotencyKeys {
  private final Duration retention;

  /**
   * @param retention how long a key stands for what it was used for
   */
  public IdempotencyKeys(Duration retention) {
    this.retention = requireNonNull(retention, "retention");
  }

  /** Whether a key that was used at {@code since} still stands for that use. */
  public boolean stands(Instant since, Instant now) {
    return since.isAfter(cutoff(now));
  }

  /** Keys that were used at this instant or before stand for nothing any more. */
  public Instant cutoff(Instant now) {
    return now.minus(retention);
  }

  /**
   * Whether a key is used again for what it stands for.
   *
   * @throws BatonException of {@link ErrorCode#IDEMPOTENCY_KEY_REUSED} when it is not
   */
  public static void checkSame(String used, String fingerprint) {
    if (!used.equals(fingerprint)) {
      throw reused("this idempotency key was used for another request");
    }
  }

  public static BatonException reused(String message) {
    return new BatonException(ErrorCode.IDEMPOTENCY_KEY_REUSED, message);
  }

  /** The task that the key stands for. */
  public Optional<KeyRows.Use> find(
      Transaction tx, TenantId tenant, IdempotencyKey key, Instant now) {
    return find(tx, row(tenant, key), now);
  }

  /** The task that the key stands for, whatever became of it. */
  public Optional<KeyRows.Use> find(Transaction tx, TenantId tenant, DedupeKey key, Instant now) {
    return find(tx, row(tenant, key), now);
  }

  private Optional<KeyRows.Use> find(Transaction tx, KeyRows.Key key, Instant now) {
    return tx.keys().find(key).filter(use -> stands(use.since(), now));
  }

  /** The key stands for this task from now on. */
  public static void put(
      Transaction tx, TenantId tenant, IdempotencyKey key, long task, Instant now) {
    tx.keys().put(row(tenant, key), new KeyRows.Use(task, key.fingerprint(), now));
  }

  public static void put(Transaction tx, TenantId tenant, DedupeKey key, long task, Instant now) {
    tx.keys().put(row(tenant, key), new KeyRows.Use(task, "", now));
  }

  private static KeyRows.Key row(TenantId tenant, IdempotencyKey key) {
    return new KeyRows.Key(tenant, "request:" + key.scope(), key.value());
  }

  private static KeyRows.Key row(TenantId tenant, DedupeKey key) {
    return new KeyRows.Key(tenant, "", key.value());
  }
}
