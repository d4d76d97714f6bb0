package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.port.RequestRows.Answer;
import dev.baton.core.port.RequestRows.Kept;
import dev.baton.core.port.RequestRows.Name;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of requests. */
public abstract class RequestRowsContract extends StoreFixture {
  private static final Name NAME = new Name(TENANT, "POST /x", "key é");
  private static final Kept CLAIM = new Kept("f", NOW, Optional.empty());
  private static final Kept ANSWERED =
      new Kept("f", NOW.plusMillis(1), Optional.of(new Answer(201, "{\"a\":\"é\"}")));

  @Test
  void request_isFoundByTenantOperationAndKey() {
    run(tx -> tx.requests().put(NAME, CLAIM));

    assertThat(reading().requests().find(NAME)).contains(CLAIM);
    assertThat(reading().requests().find(new Name(OTHER_TENANT, NAME.operation(), NAME.key())))
        .isEmpty();
    assertThat(reading().requests().find(new Name(TENANT, "POST /y", NAME.key()))).isEmpty();
    assertThat(reading().requests().find(new Name(TENANT, NAME.operation(), "key"))).isEmpty();
  }

  @Test
  void request_putAgain_isReplaced_andRemovedIsGone() {
    run(tx -> tx.requests().put(NAME, CLAIM));
    run(tx -> tx.requests().put(NAME, ANSWERED));
    assertThat(reading().requests().find(NAME)).contains(ANSWERED);

    run(tx -> tx.requests().remove(NAME));

    assertThat(reading().requests().find(NAME)).isEmpty();
  }

  @Test
  void requests_pruned_areGoneBeforeTheCutoff_soManyAtOnce() {
    run(
        tx -> {
          tx.requests().put(NAME, CLAIM);
          tx.requests().put(new Name(TENANT, "POST /y", "k"), CLAIM);
          tx.requests().put(new Name(TENANT, "POST /z", "k"), ANSWERED);
        });

    assertThat(writing().requests().prune(NOW.plusMillis(1), 1)).isEqualTo(1);
    assertThat(writing().requests().prune(NOW.plusMillis(1), 9)).isEqualTo(1);
    assertThat(reading().requests().find(new Name(TENANT, "POST /z", "k"))).contains(ANSWERED);
  }

  @Test
  void origin_isKeptByTask() {
    run(tx -> tx.requests().putOrigin(7, "r-1"));

    assertThat(reading().requests().origin(7)).contains("r-1");
    assertThat(reading().requests().origin(8)).isEmpty();
  }
}
