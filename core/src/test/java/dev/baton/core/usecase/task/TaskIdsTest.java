package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.TaskId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TaskIdsTest {

  @Test
  void next_isAUuidOfVersionSevenWithItsInstant() {
    Random random = new Random(42);
    for (long millis : new long[] {0, 1, 1_736_937_000_123L, (1L << 48) - 1}) {
      UUID id = UUID.fromString(TaskIds.next(Instant.ofEpochMilli(millis), random).value());

      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }
  }

  @Test
  void next_ofOneInstant_neverRepeats() {
    Random random = new Random(42);
    Set<TaskId> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(TaskIds.next(Instant.EPOCH, random));
    }

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void next_later_sortsAfter() {
    Random random = new Random(42);
    Instant now = Instant.parse("2025-01-15T10:30:00Z");

    assertThat(TaskIds.next(now, random).value())
        .isLessThan(TaskIds.next(now.plusMillis(1), random).value());
  }
}
