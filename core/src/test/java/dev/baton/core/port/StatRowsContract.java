package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.StatRows.Bucket;
import dev.baton.core.port.Store.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ended when. */
public abstract class StatRowsContract extends StoreFixture {
  private static final Instant START = Stats.bucketOf(NOW);
  private static final Optional<ModelName> MODEL = Optional.of(new ModelName("m"));
  private static final Stats ANSWER =
      Stats.answered(Duration.ofMillis(2_345), Optional.of(new Usage(1L << 40, 5, 7)));

  private List<Bucket> all() {
    return reading().stats().list(TENANT, Instant.EPOCH, NOW.plusSeconds(1_000));
  }

  @Test
  void stats_ofOneStretchAndModel_addUpOverTransactions() {
    run(
        tx -> {
          tx.stats().add(TENANT, START, MODEL, ANSWER);
          tx.stats().add(TENANT, START, MODEL, Stats.failure());
          tx.stats().add(TENANT, START, Optional.empty(), Stats.failure());
        });
    run(tx -> tx.stats().add(TENANT, START, MODEL, ANSWER));
    run(tx -> tx.stats().add(OTHER_TENANT, START, MODEL, ANSWER));

    assertThat(all())
        .containsExactly(
            new Bucket(START, Optional.empty(), Stats.failure()),
            new Bucket(START, MODEL, ANSWER.plus(ANSWER).plus(Stats.failure())));
  }

  @Test
  void stats_beyondOneByteOfABin_areKept() {
    Stats many = Stats.NONE;
    for (int i = 0; i < 300; i++) {
      many = many.plus(ANSWER);
    }
    Stats sum = many;

    run(tx -> tx.stats().add(TENANT, START, MODEL, sum));

    assertThat(all()).extracting(Bucket::stats).containsExactly(sum);
  }

  @Test
  void stats_areListedFromItsBeginningToBeforeItsEnd_inOrder() {
    run(
        tx -> {
          tx.stats().add(TENANT, START.plus(Stats.BUCKET), MODEL, ANSWER);
          tx.stats().add(TENANT, START, MODEL, ANSWER);
          tx.stats().add(TENANT, START.minus(Stats.BUCKET), MODEL, ANSWER);
        });

    assertThat(reading().stats().list(TENANT, START.minus(Stats.BUCKET), START.plus(Stats.BUCKET)))
        .extracting(Bucket::start)
        .containsExactly(START.minus(Stats.BUCKET), START);
  }

  @Test
  void stats_ofAWorkThatFailed_areTakenBack() {
    run(tx -> tx.stats().add(TENANT, START, MODEL, ANSWER));

    failure(
        store()
            .write(
                Urgency.CARRY,
                tx -> {
                  tx.stats().add(TENANT, START, MODEL, ANSWER);
                  throw new IllegalStateException("taken back");
                }));

    assertThat(all()).extracting(Bucket::stats).containsExactly(ANSWER);
  }

  @Test
  void stats_pruned_areGoneBeforeTheCutoff_soManyAtOnce() {
    run(
        tx -> {
          for (int i = 0; i < 3; i++) {
            tx.stats().add(TENANT, START.minus(Stats.BUCKET.multipliedBy(i)), MODEL, ANSWER);
          }
        });

    assertThat(writing().stats().prune(START, 1)).isEqualTo(1);
    assertThat(writing().stats().prune(START, 9)).isEqualTo(1);
    assertThat(all()).extracting(Bucket::start).containsExactly(START);
  }
}
