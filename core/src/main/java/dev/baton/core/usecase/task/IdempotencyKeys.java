package dev.baton.core.usecase.task;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.port.KeyRows.Key;
import dev.baton.core.port.KeyRows.Use;
import dev.baton.core.port.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * The one rule for keys that clients choose, whether they name a task, a batch or a request: within
 * which scope a key is one, how long it stands for what it was used for, and that it stands for one
 * request only. Thread-safe; holds no state.
 */
public final class IdempotencyKeys {
  private final Settings settings;

  public IdempotencyKeys(Settings settings) {
    this.settings = requireNonNull(settings, "settings");
  }

  /** Whether a key that was used at {@code since} still stands for that use. */
  public boolean stands(Instant since, Instant now) {
    return since.isAfter(cutoff(now));
  }

  /** Keys that were used at this instant or before stand for nothing any more. */
  public Instant cutoff(Instant now) {
    return now.minus(settings.keyRetention());
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
  public Optional<Use> find(Transaction tx, TenantId tenant, IdempotencyKey key, Instant now) {
    return find(tx, row(tenant, key), now);
  }

  /** The task that the key stands for, whatever became of it. */
  Optional<Use> find(Transaction tx, TenantId tenant, DedupeKey key, Instant now) {
    return find(tx, row(tenant, key), now);
  }

  private Optional<Use> find(Transaction tx, Key key, Instant now) {
    return tx.keys().find(key).filter(use -> stands(use.since(), now));
  }

  /** The key stands for this task from now on. */
  public static void put(
      Transaction tx, TenantId tenant, IdempotencyKey key, long task, Instant now) {
    tx.keys().put(row(tenant, key), new Use(task, key.fingerprint(), now));
  }

  static void put(Transaction tx, TenantId tenant, DedupeKey key, long task, Instant now) {
    tx.keys().put(row(tenant, key), new Use(task, "", now));
  }

  private static Key row(TenantId tenant, IdempotencyKey key) {
    return new Key(tenant, "request:" + key.scope(), key.value());
  }

  private static Key row(TenantId tenant, DedupeKey key) {
    return new Key(tenant, "", key.value());
  }
}
