package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskState.Kind;
import org.junit.jupiter.api.Test;

/** How many tasks stand in each state. */
public abstract class CountRowsContract extends StoreFixture {

  @Test
  void counts_ofANewTenant_areNone() {
    assertThat(reading().counts().of(TENANT)).isEqualTo(Tally.NONE);
  }

  @Test
  void counts_added_areSeenInTheTransaction_andAfterIt() {
    Tally within =
        write(
            tx -> {
              int count = 0;
              for (Kind state : Kind.values()) {
                count++;
                tx.counts().add(TENANT, state, count);
              }
              tx.counts().add(TENANT, Kind.CANCELLED, -2);
              return tx.counts().of(TENANT);
            });

    assertThat(within).isEqualTo(new Tally(1, 2, 3, 4, 5, 4));
    assertThat(reading().counts().of(TENANT)).isEqualTo(within);
    assertThat(reading().counts().of(OTHER_TENANT)).isEqualTo(Tally.NONE);
  }

  @Test
  void counts_ofLaterTransactions_addUp() {
    run(tx -> tx.counts().add(TENANT, Kind.READY, 3));
    run(tx -> tx.counts().add(OTHER_TENANT, Kind.READY, 9));

    run(
        tx -> {
          tx.counts().add(TENANT, Kind.READY, -1);
          tx.counts().add(TENANT, Kind.LEASED, 1);
        });

    assertThat(reading().counts().of(TENANT)).isEqualTo(new Tally(0, 2, 1, 0, 0, 0));
    assertThat(reading().counts().of(OTHER_TENANT)).isEqualTo(new Tally(0, 9, 0, 0, 0, 0));
  }

  @Test
  void counts_ofAQueue_areThoseThatAreNotOver() {
    QueueName queue = new QueueName("q");
    run(tx -> tx.counts().add(TENANT, queue, Kind.READY, 3));
    run(tx -> tx.counts().add(OTHER_TENANT, queue, Kind.HELD, 9));
    run(
        tx -> {
          tx.counts().add(TENANT, queue, Kind.READY, -2);
          tx.counts().add(TENANT, queue, Kind.LEASED, 1);
          tx.counts().add(TENANT, queue, Kind.DEAD, 1);
          tx.counts().add(TENANT, new QueueName("empty"), Kind.READY, 1);
          tx.counts().add(TENANT, new QueueName("empty"), Kind.READY, -1);
        });
    writing().counts().fold(9);

    assertThat(reading().counts().open(9))
        .containsExactly(
            new CountRows.Open(OTHER_TENANT, queue, 9, 0, 0),
            new CountRows.Open(TENANT, queue, 0, 1, 1));
    assertThat(reading().counts().open(1)).hasSize(1);
    assertThat(reading().counts().of(TENANT)).isEqualTo(new Tally(0, 1, 1, 0, 1, 0));
  }

  @Test
  void counts_folded_areTheSame() {
    run(tx -> tx.counts().add(TENANT, Kind.READY, 3));
    run(tx -> tx.counts().add(OTHER_TENANT, Kind.HELD, 1));
    run(tx -> tx.counts().add(TENANT, Kind.READY, -2));
    int folded = 0;
    for (int fold = writing().counts().fold(2); fold > 0; fold = writing().counts().fold(2)) {
      folded += fold;
      assertThat(reading().counts().of(TENANT)).isEqualTo(new Tally(0, 1, 0, 0, 0, 0));
    }

    assertThat(folded).isLessThanOrEqualTo(3);
    assertThat(reading().counts().of(OTHER_TENANT)).isEqualTo(new Tally(1, 0, 0, 0, 0, 0));
  }
}
