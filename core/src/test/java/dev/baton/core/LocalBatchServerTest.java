package dev.baton.core;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServerContract;

final class LocalBatchServerTest extends BatchServerContract {

  @Override
  protected BatchServer createServer(Baton baton) {
    return new LocalBatchServer(baton, TenantId.DEFAULT);
  }
}
