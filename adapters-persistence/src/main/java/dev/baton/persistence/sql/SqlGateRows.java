package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.port.GateRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gates, written once for all that a transaction does to one. */
final class SqlGateRows implements GateRows {
  private static final String GATE =
      "SELECT places, taken, ordered FROM gate WHERE id = ? AND tenant = ?";
  private static final String PUT_GATE =
      "INSERT INTO gate (id, tenant, places, taken, ordered) VALUES (?,?,?,?,?)"
          + " ON CONFLICT (id, tenant) DO UPDATE SET places = excluded.places,"
          + " taken = excluded.taken, ordered = excluded.ordered";
  private static final String REMOVE_GATE = "DELETE FROM gate WHERE id = ? AND tenant = ?";

  private final Session session;
  private final Runnable onWrite;

  /** Gates as this transaction leaves them: a busy one changes with every task behind it. */
  private Map<Name, Gate> gates = new HashMap<>();

  SqlGateRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
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
    Gate here = gates.get(new Name(tenant, id));
    return here == null ? stored(tenant, id) : Optional.of(here);
  }

  /** The transaction has the whole file for itself. */
  @Override
  public Optional<Gate> lock(TenantId tenant, GateId id) {
    onWrite.run();
    return find(tenant, id);
  }

  private Optional<Gate> stored(TenantId tenant, GateId id) {
    return Statements.query(
            session,
            GATE,
            statement -> {
              statement.setString(1, id.value());
              statement.setString(2, tenant.value());
            },
            row -> new Gate(tenant, id, row.getInt(1), row.getInt(2), row.getInt(3) == 1))
        .stream()
        .findFirst();
  }

  @Override
  public void put(Gate gate) {
    onWrite.run();
    gates.put(new Name(gate.tenant(), gate.id()), gate);
  }

  private void write(Gate gate) {
    Statements.update(
        session,
        PUT_GATE,
        statement -> {
          statement.setString(1, gate.id().value());
          statement.setString(2, gate.tenant().value());
          statement.setInt(3, gate.limit());
          statement.setInt(4, gate.taken());
          statement.setInt(5, gate.ordered() ? 1 : 0);
        });
  }

  @Override
  public void remove(TenantId tenant, GateId id) {
    onWrite.run();
    gates.remove(new Name(tenant, id));
    Statements.update(
        session,
        REMOVE_GATE,
        statement -> {
          statement.setString(1, id.value());
          statement.setString(2, tenant.value());
        });
  }
}
