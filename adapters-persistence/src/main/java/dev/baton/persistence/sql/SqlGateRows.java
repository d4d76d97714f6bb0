package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.port.GateRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gates, written once for all that a transaction does to one. */
final class SqlGateRows implements GateRows {
  private static final String FIND =
      "SELECT places, taken, ordered FROM gate WHERE id = ? AND tenant = ?";
  private static final String PUT = Statements.put("gate", "id, tenant", "places, taken, ordered");

  private final Session session;
  private final Sql sql;
  private final boolean writable;
  private final String lock;

  /** Gates as this transaction leaves them: a busy one changes with every task behind it. */
  private Map<Name, Gate> gates = new HashMap<>();

  /**
   * @param writable whether rows may be locked
   */
  SqlGateRows(Session session, Sql sql, boolean writable) {
    this.writable = writable;
    this.session = session;
    this.sql = sql;
    this.lock = FIND + session.dialect().forUpdate();
  }

  void begin() {
    gates.clear();
  }

  Map<Name, Gate> mark() {
    return Map.copyOf(gates);
  }

  void resetTo(Map<Name, Gate> mark) {
    gates = new HashMap<>(mark);
  }

  /** Writes the gates that changed; before the commit. */
  void flush() {
    gates.values().forEach(this::write);
    gates.clear();
  }

  /** A gate's name is unique within its tenant. */
  record Name(TenantId tenant, GateId id) {}

  @Override
  public Optional<Gate> find(TenantId tenant, GateId id) {
    return find(FIND, tenant, id);
  }

  @Override
  public Optional<Gate> lock(TenantId tenant, GateId id) {
    if (!writable) {
      throw new IllegalStateException("a read locks nothing");
    }
    return find(lock, tenant, id);
  }

  private Optional<Gate> find(String text, TenantId tenant, GateId id) {
    Gate here = gates.get(new Name(tenant, id));
    return here != null
        ? Optional.of(here)
        : Statements.first(
            session,
            text,
            to -> to.text(id.value()).text(tenant.value()),
            row -> new Gate(tenant, id, row.integer(), row.integer(), row.flag()));
  }

  @Override
  public void put(Gate gate) {
    sql.changes();
    gates.put(new Name(gate.tenant(), gate.id()), gate);
  }

  private void write(Gate gate) {
    Statements.update(
        session,
        PUT,
        to ->
            to.text(gate.id().value())
                .text(gate.tenant().value())
                .number(gate.limit())
                .number(gate.taken())
                .flag(gate.ordered()));
  }

  @Override
  public void remove(TenantId tenant, GateId id) {
    gates.remove(new Name(tenant, id));
    sql.update("DELETE FROM gate WHERE id = :id AND tenant = :tenant")
        .bind("id", id)
        .bind("tenant", tenant)
        .execute();
  }
}
