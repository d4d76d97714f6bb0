package dev.baton.core;

import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientContract;
import dev.baton.core.domain.access.TenantId;

final class LocalBatchClientTest extends BatchClientContract {

  @Override
  protected BatchClient createServer(Baton baton) {
    return new LocalBatchClient(baton, TenantId.DEFAULT);
  }
}
