package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which queues are paused. */
public abstract class QueueRowsContract extends StoreFixture {

  @Test
  void pausedQueues_areThoseOfTheTenantUntilResumed() {
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, true));
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, true));
    run(tx -> tx.queues().setPaused(TENANT, OTHER_QUEUE, true));
    run(tx -> tx.queues().setPaused(OTHER_TENANT, QUEUE, true));

    assertThat(reading().queues().paused(TENANT)).containsExactlyInAnyOrder(QUEUE, OTHER_QUEUE);
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, false));
    run(tx -> tx.queues().setPaused(TENANT, QUEUE, false));

    assertThat(reading().queues().paused(TENANT)).containsExactly(OTHER_QUEUE);
    assertThat(writing().queues().paused(TENANT)).containsExactly(OTHER_QUEUE);
    assertThat(reading().queues().paused(OTHER_TENANT)).containsExactly(QUEUE);
  }
}
