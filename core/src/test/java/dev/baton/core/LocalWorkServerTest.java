package dev.baton.core;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.WorkServer;
import dev.baton.core.port.WorkServerContract;
import dev.baton.core.testing.InMemoryStore;

final class LocalWorkServerTest extends WorkServerContract {

  @Override
  protected WorkServer createServer() {
    return new LocalWorkServer(
        Baton.builder(new InMemoryStore()).build().start(), TenantId.DEFAULT);
  }
}
