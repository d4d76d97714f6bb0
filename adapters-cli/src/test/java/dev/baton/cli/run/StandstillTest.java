package dev.baton.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Counts;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.client.TaskView.Wait;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StandstillTest {
  private final Standstill standstill = new Standstill();

  private static Details batch(long over, String... why) {
    return batch(new Counts(10 - over, 0, over, 0, 0), why);
  }

  private static Details batch(Counts counts, String... why) {
    Batch batch = new Batch(new BatchId("b"), "", BatchState.RUNNING, counts, Instant.EPOCH);
    Optional<Wait> wait =
        List.of(why).stream()
            .findFirst()
            .map(
                reason ->
                    new Wait(
                        reason,
                        "it is " + reason,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    return new Details(batch, "", BatchConfig.DEFAULT, wait);
  }

  private List<String> looks(int count, Details batch) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      standstill.look(batch).ifPresent(said::add);
    }
    return said;
  }

  @Test
  void aReason_isToldOnce_whenItHasLasted() {
    assertThat(looks(Standstill.LOOKS, batch(0, "no_worker"))).isEmpty();
    assertThat(looks(20, batch(0, "no_worker"))).containsExactly("nothing moves: it is no_worker");
    assertThat(looks(2, batch(0, "queue_paused"))).hasSize(1);
  }

  @Test
  void whatMoves_isNotSpokenOf() {
    assertThat(looks(20, batch(0))).isEmpty();
    assertThat(looks(20, batch(new Counts(8, 2, 0, 0, 0), "batch_full"))).isEmpty();
    for (int over = 1; over < 10; over++) {
      assertThat(looks(Standstill.LOOKS, batch(over, "in_line"))).isEmpty();
    }
  }

  @Test
  void afterAMove_theReasonIsToldAgain() {
    looks(20, batch(0, "no_worker"));

    assertThat(looks(20, batch(1, "no_worker"))).hasSize(1);
  }
}
