package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.port.StatRows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What ended when. */
final class MemoryStatRows implements StatRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  /** Names a bucket. */
  record Name(TenantId tenant, Instant start, String model) {}

  MemoryStatRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void add(TenantId tenant, Instant start, Optional<ModelName> model, Stats more) {
    guard.toWrite();
    Name name = new Name(tenant, start, model.map(ModelName::value).orElse(""));
    undo.put(tables.stats, name, tables.stats.getOrDefault(name, Stats.NONE).plus(more));
  }

  @Override
  public List<Bucket> list(TenantId tenant, Instant from, Instant to) {
    guard.toRead();
    return tables.stats.entrySet().stream()
        .filter(entry -> entry.getKey().tenant().equals(tenant))
        .filter(entry -> !entry.getKey().start().isBefore(from))
        .filter(entry -> entry.getKey().start().isBefore(to))
        .sorted(
            Comparator.comparing(
                entry -> entry.getKey(),
                Comparator.comparing(Name::start).thenComparing(Name::model)))
        .map(
            entry ->
                new Bucket(
                    entry.getKey().start(),
                    Optional.of(entry.getKey().model())
                        .filter(model -> !model.isEmpty())
                        .map(ModelName::new),
                    entry.getValue()))
        .toList();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    guard.toWrite();
    List<Name> old =
        tables.stats.keySet().stream()
            .filter(name -> name.start().isBefore(cutoff))
            .limit(max)
            .toList();
    old.forEach(name -> undo.remove(tables.stats, name));
    return old.size();
  }
}
