package dev.baton.core;

import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClientContract;
import dev.baton.core.domain.access.TenantId;

final class LocalAdminClientTest extends AdminClientContract {

  @Override
  protected AdminClient createServer(Baton baton) {
    return new LocalAdminClient(baton, TenantId.DEFAULT);
  }
}
