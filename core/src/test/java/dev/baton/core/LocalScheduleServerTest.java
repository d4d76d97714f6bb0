package dev.baton.core;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.ScheduleServer;
import dev.baton.core.port.ScheduleServerContract;

final class LocalScheduleServerTest extends ScheduleServerContract {

  @Override
  protected ScheduleServer createServer(Baton baton) {
    return new LocalScheduleServer(baton, TenantId.DEFAULT);
  }
}
