package dev.baton.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.WorkerId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class InMemoryStoreTest {

  @Test
  void submitLeaseComplete_overMemory_answers() {
    try (Baton baton = Baton.builder(new InMemoryStore()).clock(new ManualClock()).build()) {
      TaskId id = baton.submit("Why is the sky blue?");
      LeasedTask work = baton.lease(new WorkerId("me"), Duration.ofMinutes(2)).orElseThrow();
      baton.complete(work, "Rayleigh.");

      assertThat(baton.answer(id)).contains("Rayleigh.");
    }
  }
}
