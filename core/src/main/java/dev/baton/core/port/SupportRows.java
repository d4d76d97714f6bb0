package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tasks lean on: their keys, gates and queues; part of a {@link Transaction}. */
public interface SupportRows {

  Optional<KeyUse> key(Key key);

  /** Sets what the key stands for, now. */
  void putKey(Key key, KeyUse use);

  Optional<Gate> gate(TenantId tenant, GateId id);

  /** Adds or changes a gate. */
  void putGate(Gate gate);

  /** Removes a gate that no task waits behind any more. */
  void removeGate(TenantId tenant, GateId id);

  /** Names of queues that hand nothing out. */
  List<QueueName> pausedQueues(TenantId tenant);

  void setPaused(TenantId tenant, QueueName queue, boolean paused);

  /** Removes keys used before {@code cutoff}. */
  int pruneKeys(Instant cutoff, int max);

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
  record KeyUse(long seq, String fingerprint, Instant since) {}
}
