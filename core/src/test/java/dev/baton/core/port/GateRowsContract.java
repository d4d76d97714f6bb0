package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import org.junit.jupiter.api.Test;

/** How many may be behind a gate, and how many are. */
public abstract class GateRowsContract extends StoreFixture {

  @Test
  void gate_putAgain_isChanged() {
    Gate gate = new Gate(TENANT, GATE, Gate.UNLIMITED, 0, true);
    run(tx -> tx.gates().put(gate));
    assertThat(reading().gates().find(TENANT, GATE)).contains(gate);

    run(tx -> tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().withLimit(0).taking(3)));

    assertThat(reading().gates().find(TENANT, GATE)).contains(new Gate(TENANT, GATE, 0, 3, true));
    assertThat(reading().gates().find(OTHER_TENANT, GATE)).isEmpty();
    assertThat(reading().gates().find(TENANT, new GateId("batch:2"))).isEmpty();
  }

  @Test
  void gate_locked_isAsThisTransactionLeavesIt() {
    Gate gate = new Gate(TENANT, GATE, 5, 0, false);

    run(tx -> tx.gates().put(gate));
    run(tx -> tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().taking(2)));
    Gate seen =
        write(
            tx -> {
              tx.gates().put(tx.gates().lock(TENANT, GATE).orElseThrow().taking(1));
              return tx.gates().lock(TENANT, GATE).orElseThrow();
            });

    assertThat(seen).isEqualTo(gate.taking(3));
    assertThat(writing().gates().lock(TENANT, new GateId("batch:2"))).isEmpty();
  }

  @Test
  void gate_lockedByAReader_isRefused() {
    assertThat(failure(store().read(tx -> tx.gates().lock(TENANT, GATE))))
        .isInstanceOf(IllegalStateException.class);
  }
}
