package dev.baton.core;

import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClientContract;
import dev.baton.core.domain.access.TenantId;

final class LocalScheduleClientTest extends ScheduleClientContract {

  @Override
  protected ScheduleClient createServer(Baton baton) {
    return new LocalScheduleClient(baton, TenantId.DEFAULT);
  }
}
