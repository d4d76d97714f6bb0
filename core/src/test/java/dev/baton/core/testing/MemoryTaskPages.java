package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskPages;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lists that people page through. */
final class MemoryTaskPages implements TaskPages {
  private final MemoryTables tables;
  private final MemoryTransaction.Guard guard;

  MemoryTaskPages(MemoryTables tables, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.guard = guard;
  }

  @Override
  public List<TaskRow> page(TenantId tenant, Query query, long skip, int max) {
    Comparator<TaskRow> order =
        switch (query.sort()) {
          case CREATED -> Comparator.comparingLong(TaskRow::seq);
          case ID -> Comparator.comparing(row -> row.id().value());
        };
    return matching(tenant, query)
        .sorted(query.ascending() ? order : order.reversed())
        .skip(skip)
        .limit(max)
        .toList();
  }

  @Override
  public long count(TenantId tenant, Query query) {
    return matching(tenant, query).count();
  }

  private Stream<TaskRow> matching(TenantId tenant, Query query) {
    guard.toRead();
    return tables.tasks.values().stream()
        .filter(row -> row.tenant().equals(tenant) && query.matches(row));
  }
}
