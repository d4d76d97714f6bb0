package dev.baton.core;

import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClientContract;
import dev.baton.core.domain.access.TenantId;

final class LocalWebhookClientTest extends WebhookClientContract {

  @Override
  protected WebhookClient createServer(Baton baton) {
    return new LocalWebhookClient(baton, TenantId.DEFAULT);
  }
}
