package dev.baton.http.out.client;

import dev.baton.core.Baton;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClientContract;
import dev.baton.core.testing.InMemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class TaskClientTest {

  @Nested
  final class OverHttp extends TaskClientContract {
    private final Baton baton = Baton.builder(new InMemoryStore()).build().start();
    private final Served served = new Served();

    @Override
    protected TaskClient createServer() {
      return served.overHttp(baton).tasks();
    }

    @AfterEach
    void stop() {
      served.close();
      baton.close();
    }
  }

  @Nested
  final class InProcess extends TaskClientContract {
    private final Baton baton = Baton.builder(new InMemoryStore()).build().startUpkeep();

    @Override
    protected TaskClient createServer() {
      return Served.inProcess(baton).tasks();
    }

    @AfterEach
    void stop() {
      baton.close();
    }
  }
}
