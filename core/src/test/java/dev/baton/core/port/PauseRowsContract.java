package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.Store.Urgency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paused models, and the tenants for whom something is ready. */
public abstract class PauseRowsContract extends StoreFixture {
  private static final ModelPause A = new ModelPause(new ModelName("a"), NOW, "rate limited");
  private static final ModelPause B =
      new ModelPause(new ModelName("b"), NOW.plusMillis(1), "no 'key' é");

  @Test
  void pauses_put_areSeenInTheSameTransactionAndAfterIt() {
    run(
        tx -> {
          assertThat(tx.pauses().all()).isEmpty();
          tx.pauses().put(B);
          assertThat(tx.pauses().all()).containsExactly(B);
          tx.pauses().put(A);
        });

    assertThat(reading().pauses().all()).containsExactly(A, B);
    assertThat(writing().pauses().all()).containsExactly(A, B);
  }

  @Test
  void pauses_putAgain_isReplaced_andRemovedIsGone() {
    ModelPause longer = new ModelPause(A.model(), NOW.plusSeconds(9), "again");
    run(tx -> tx.pauses().put(A));
    run(tx -> tx.pauses().put(longer));
    assertThat(writing().pauses().all()).containsExactly(longer);

    run(tx -> tx.pauses().remove(A.model()));
    run(tx -> tx.pauses().remove(A.model()));

    assertThat(reading().pauses().all()).isEmpty();
    assertThat(writing().pauses().all()).isEmpty();
  }

  @Test
  void pauses_ofAWorkThatFailed_areTakenBack() {
    run(tx -> tx.pauses().put(A));

    failure(
        store()
            .write(
                Urgency.CARRY,
                tx -> {
                  tx.pauses().put(B);
                  tx.pauses().remove(A.model());
                  assertThat(tx.pauses().all()).containsExactly(B);
                  throw new IllegalStateException("taken back");
                }));

    assertThat(writing().pauses().all()).containsExactly(A);
    assertThat(reading().pauses().all()).containsExactly(A);
  }

  @Test
  void readyTenants_areThoseWithAReadyTask_byName() {
    insertAll(readyTask("a"), readyTask("b"));
    assertThat(reading().tasks().readyTenants("", 9)).containsExactly(TENANT);
    assertThat(reading().tasks().readyTenants(TENANT.value(), 9)).isEmpty();

    insert(task(OTHER_TENANT, "c", terms(QUEUE, 1), ready()));

    assertThat(reading().tasks().readyTenants("", 9)).containsExactly(TENANT, OTHER_TENANT);
    assertThat(reading().tasks().readyTenants("", 1)).isEqualTo(List.of(TENANT));
    assertThat(reading().tasks().readyTenants(TENANT.value(), 9)).containsExactly(OTHER_TENANT);
  }
}
