package dev.baton.core;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.AdminServer;
import dev.baton.core.port.AdminServerContract;

final class LocalAdminServerTest extends AdminServerContract {

  @Override
  protected AdminServer createServer(Baton baton) {
    return new LocalAdminServer(baton, TenantId.DEFAULT);
  }
}
