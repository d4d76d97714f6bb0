package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import java.util.List;

/** Queues that hand nothing out; part of a {@link Transaction}. */
public interface QueueRows {

  /** Names of the paused queues, in no stated order. */
  List<QueueName> paused(TenantId tenant);

  void setPaused(TenantId tenant, QueueName queue, boolean paused);
}
