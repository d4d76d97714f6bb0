package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class BatchClientTest {

  @Nested
  final class OverHttp extends BatchClientContract {
    private final Served served = new Served();

    @Override
    protected BatchClient createServer(Baton baton) {
      return served.overHttp(baton).batches();
    }

    @AfterEach
    void stop() {
      served.close();
    }
  }

  @Nested
  final class InProcess extends BatchClientContract {

    @Override
    protected BatchClient createServer(Baton baton) {
      return Served.inProcess(baton).batches();
    }
  }
}
