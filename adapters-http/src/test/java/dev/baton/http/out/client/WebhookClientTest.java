package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClientContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class WebhookClientTest {

  @Nested
  final class OverHttp extends WebhookClientContract {
    private final Served served = new Served();

    @Override
    protected WebhookClient createServer(Baton baton) {
      return served.overHttp(baton).webhooks();
    }

    @AfterEach
    void stop() {
      served.close();
    }
  }

  @Nested
  final class InProcess extends WebhookClientContract {

    @Override
    protected WebhookClient createServer(Baton baton) {
      return Served.inProcess(baton).webhooks();
    }
  }
}
