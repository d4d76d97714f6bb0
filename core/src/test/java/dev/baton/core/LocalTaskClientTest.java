package dev.baton.core;

import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClientContract;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.testing.InMemoryStore;

final class LocalTaskClientTest extends TaskClientContract {

  @Override
  protected TaskClient createServer() {
    return new LocalTaskClient(
        Baton.builder(new InMemoryStore()).build().start(), TenantId.DEFAULT);
  }
}
