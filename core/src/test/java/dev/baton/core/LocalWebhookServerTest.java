package dev.baton.core;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.WebhookServer;
import dev.baton.core.port.WebhookServerContract;

final class LocalWebhookServerTest extends WebhookServerContract {

  @Override
  protected WebhookServer createServer(Baton baton) {
    return new LocalWebhookServer(baton, TenantId.DEFAULT);
  }
}
