package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.SupportRows;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys, gates and paused queues. */
final class SqlSupportRows implements SupportRows {
  private static final String KEY =
      "SELECT seq, fingerprint, since FROM task_key WHERE value = ? AND scope = ? AND tenant = ?";
  private static final String PUT_KEY =
      "INSERT INTO task_key (value, scope, tenant, seq, fingerprint, since) VALUES (?,?,?,?,?,?)"
          + " ON CONFLICT (value, scope, tenant) DO UPDATE SET"
          + " seq = excluded.seq, fingerprint = excluded.fingerprint, since = excluded.since";
  private static final String PRUNE_KEYS =
      "DELETE FROM task_key WHERE (value, scope, tenant) IN"
          + " (SELECT value, scope, tenant FROM task_key WHERE since < ? ORDER BY since LIMIT ?)";
  private static final String GATE =
      "SELECT places, taken, ordered FROM gate WHERE id = ? AND tenant = ?";
  private static final String PUT_GATE =
      "INSERT INTO gate (id, tenant, places, taken, ordered) VALUES (?,?,?,?,?)"
          + " ON CONFLICT (id, tenant) DO UPDATE SET places = excluded.places,"
          + " taken = excluded.taken, ordered = excluded.ordered";
  private static final String REMOVE_GATE = "DELETE FROM gate WHERE id = ? AND tenant = ?";
  private static final String PAUSED = "SELECT tenant, queue FROM paused_queue";
  private static final String PAUSE =
      "INSERT INTO paused_queue (tenant, queue) VALUES (?,?) ON CONFLICT DO NOTHING";
  private static final String RESUME = "DELETE FROM paused_queue WHERE tenant = ? AND queue = ?";

  private final Session session;
  private final Runnable onWrite;
  private final Supplier<Set<Line>> paused;
  private @Nullable Set<Line> pausedHere;

  /** Gates as this transaction leaves them: a busy one changes with every task behind it. */
  private Map<GateName, Gate> gates = new HashMap<>();

  /**
   * @param paused what is paused as of the last commit: asked with every lease, so kept in memory
   */
  SqlSupportRows(Session session, Runnable onWrite, Supplier<Set<Line>> paused) {
    this.session = session;
    this.onWrite = onWrite;
    this.paused = paused;
  }

  static Set<Line> loadPaused(Session session) {
    return Set.copyOf(
        Statements.query(
            session,
            PAUSED,
            statement -> {},
            row -> new Line(new TenantId(row.getString(1)), new QueueName(row.getString(2)))));
  }

  void begin() {
    pausedHere = null;
    gates.clear();
  }

  Mark mark() {
    return new Mark(pausedHere(), Map.copyOf(gates));
  }

  void resetTo(Mark mark) {
    pausedHere = mark.paused().orElse(null);
    gates = new HashMap<>(mark.gates());
  }

  /** Writes the gates that changed; before the commit. */
  void flush() {
    gates.values().forEach(this::write);
    gates.clear();
  }

  /** What a work that fails must not leave behind. */
  record Mark(Optional<Set<Line>> paused, Map<GateName, Gate> gates) {}

  /** A gate's name is unique within its tenant. */
  record GateName(TenantId tenant, GateId id) {}

  /** What is paused as this transaction leaves it; empty when it changed nothing of that. */
  Optional<Set<Line>> pausedHere() {
    return Optional.ofNullable(pausedHere).map(Set::copyOf);
  }

  @Override
  public Optional<KeyUse> key(Key key) {
    return Statements.query(
            session,
            KEY,
            statement -> {
              statement.setString(1, key.value());
              statement.setString(2, key.scope());
              statement.setString(3, key.tenant().value());
            },
            row ->
                new KeyUse(row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
        .stream()
        .findFirst();
  }

  @Override
  public void putKey(Key key, KeyUse use) {
    onWrite.run();
    Statements.update(
        session,
        PUT_KEY,
        statement -> {
          statement.setString(1, key.value());
          statement.setString(2, key.scope());
          statement.setString(3, key.tenant().value());
          statement.setLong(4, use.seq());
          statement.setString(5, use.fingerprint());
          statement.setLong(6, use.since().toEpochMilli());
        });
  }

  @Override
  public int pruneKeys(Instant cutoff, int max) {
    onWrite.run();
    return Statements.update(
        session,
        PRUNE_KEYS,
        statement -> {
          statement.setLong(1, cutoff.toEpochMilli());
          statement.setInt(2, max);
        });
  }

  @Override
  public Optional<Gate> gate(TenantId tenant, GateId id) {
    Gate here = gates.get(new GateName(tenant, id));
    return here == null ? stored(tenant, id) : Optional.of(here);
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
  public void putGate(Gate gate) {
    onWrite.run();
    gates.put(new GateName(gate.tenant(), gate.id()), gate);
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
  public void removeGate(TenantId tenant, GateId id) {
    onWrite.run();
    gates.remove(new GateName(tenant, id));
    Statements.update(
        session,
        REMOVE_GATE,
        statement -> {
          statement.setString(1, id.value());
          statement.setString(2, tenant.value());
        });
  }

  @Override
  public List<QueueName> pausedQueues(TenantId tenant) {
    Set<Line> now = pausedHere == null ? paused.get() : pausedHere;
    return now.isEmpty()
        ? List.of()
        : now.stream().filter(line -> line.tenant().equals(tenant)).map(Line::queue).toList();
  }

  @Override
  public void setPaused(TenantId tenant, QueueName queue, boolean pause) {
    onWrite.run();
    Statements.update(
        session,
        pause ? PAUSE : RESUME,
        statement -> {
          statement.setString(1, tenant.value());
          statement.setString(2, queue.value());
        });
    Set<Line> changed = new HashSet<>(pausedHere == null ? paused.get() : pausedHere);
    Line line = new Line(tenant, queue);
    if (pause) {
      changed.add(line);
    } else {
      changed.remove(line);
    }
    pausedHere = changed;
  }
}
