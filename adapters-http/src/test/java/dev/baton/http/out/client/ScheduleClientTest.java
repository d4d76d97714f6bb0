package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.ScheduleClientContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class ScheduleClientTest {

  @Nested
  final class OverHttp extends ScheduleClientContract {
    private final Served served = new Served();

    @Override
    protected ScheduleClient createServer(Baton baton) {
      return served.overHttp(baton).schedules();
    }

    @AfterEach
    void stop() {
      served.close();
    }
  }

  @Nested
  final class InProcess extends ScheduleClientContract {

    @Override
    protected ScheduleClient createServer(Baton baton) {
      return Served.inProcess(baton).schedules();
    }
  }
}
