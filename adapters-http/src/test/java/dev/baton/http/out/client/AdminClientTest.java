package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClientContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class AdminClientTest {

  @Nested
  final class OverHttp extends AdminClientContract {
    private final Served served = new Served();

    @Override
    protected AdminClient createServer(Baton baton) {
      return served.overHttp(baton).admin();
    }

    @AfterEach
    void stop() {
      served.close();
    }
  }

  @Nested
  final class InProcess extends AdminClientContract {

    @Override
    protected AdminClient createServer(Baton baton) {
      return Served.inProcess(baton).admin();
    }
  }
}
