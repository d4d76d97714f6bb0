package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.task.LeaseRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease of many large prompts stops short before it fills the memory, and keeps the order. */
final class ReadyTextBoundTest {
  private static final QueueName SMALL = new QueueName("small");
  private static final QueueName LARGE = new QueueName("large");

  @Test
  void lease_ofMoreTextThanTheBound_givesTheFirstOfEveryQueueAndThenTheRest(@TempDir Path dir) {
    try (Baton baton = Baton.builder(SqlStores.open(dir.resolve("t.db"))).build()) {
      List<TaskId> submitted = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        submitted.add(submit(baton, LARGE, "x".repeat(1 << 20)));
        submitted.add(submit(baton, SMALL, "a"));
      }

      List<TaskId> first = lease(baton);
      List<TaskId> second = lease(baton);

      // The eighth large prompt reaches the bound; seven small ones lie before it.
      assertThat(first).isEqualTo(submitted.subList(0, 15));
      assertThat(second).isEqualTo(submitted.subList(15, 24));
    }
  }

  private static TaskId submit(Baton baton, QueueName queue, String text) {
    return baton.submit(NewTask.builder(Prompt.of(text)).queue(queue).build());
  }

  private static List<TaskId> lease(Baton baton) {
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT,
            List.of(SMALL, LARGE),
            new WorkerId("w"),
            Duration.ofMinutes(1),
            1_000);
    return Baton.await(baton.leasing().lease(ask)).stream().map(LeasedTask::id).toList();
  }
}
