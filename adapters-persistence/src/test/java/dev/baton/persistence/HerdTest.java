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
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.LeaseRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many leases that run out at once. */
final class HerdTest {
  private static final int HERD = 10_000;
  private static final int LIST = 1_000;
  private static final Duration LEASE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();

  @Test
  void leasesThatExpireTogether_areAllLeasedAgain_once_andOthersAreAnsweredMeanwhile() {
    try (Baton baton =
        Baton.builder(SqlStores.open(directory.resolve("baton.db"))).clock(clock).build()) {
      for (int i = 0; i < HERD; i += LIST) {
        List<NewTask> tasks =
            IntStream.range(0, LIST)
                .mapToObj(n -> NewTask.builder(Prompt.of("p")).build())
                .toList();
        Baton.await(baton.submissions().submit(TenantId.DEFAULT, tasks));
        assertThat(lease(baton, "gone")).hasSize(LIST);
      }
      clock.advance(LEASE);

      Set<TaskId> again = new HashSet<>();
      int answered = 0;
      while (Baton.await(baton.upkeep().sweep())) {
        // Between two pages of the sweep others have their turn.
        TaskId other =
            baton.submit(NewTask.builder(Prompt.of("q")).queue(new QueueName("other")).build());
        LeasedTask mine =
            baton.lease(new QueueName("other"), new WorkerId("w"), LEASE).orElseThrow();
        baton.complete(mine, "a");
        answered += baton.answer(other).isPresent() ? 1 : 0;
        lease(baton, "next").forEach(task -> again.add(task.id()));
      }
      for (List<LeasedTask> rest = lease(baton, "next"); !rest.isEmpty(); ) {
        rest.forEach(task -> again.add(task.id()));
        rest = lease(baton, "next");
      }

      assertThat(again).hasSize(HERD);
      assertThat(answered).isEqualTo(HERD / 500);
      assertThat(baton.insight().counters().expired()).isEqualTo(HERD);
    }
  }

  private static List<LeasedTask> lease(Baton baton, String worker) {
    return Baton.await(
        baton
            .leasing()
            .lease(
                new LeaseRequest(
                    TenantId.DEFAULT,
                    List.of(QueueName.DEFAULT),
                    new WorkerId(worker),
                    LEASE,
                    LIST)));
  }
}
