package dev.baton.app.crash;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.port.TaskRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what another one does, but for what a fault overrides. */
class ForwardingTaskRows implements TaskRows {
  final TaskRows inner;

  ForwardingTaskRows(TaskRows inner) {
    this.inner = inner;
  }

  @Override
  public List<TaskRow> insert(List<Submission> submissions) {
    return inner.insert(submissions);
  }

  @Override
  public Map<TaskId, TaskRow> find(TenantId tenant, List<TaskId> ids) {
    return inner.find(tenant, ids);
  }

  @Override
  public Optional<TaskRow> find(long seq) {
    return inner.find(seq);
  }

  @Override
  public List<TenantId> readyTenants(String after, int max) {
    return inner.readyTenants(after, max);
  }

  @Override
  public List<Submission> nextReady(
      TenantId tenant, List<QueueName> queues, ModelFilter models, int max, int maxCharacters) {
    return inner.nextReady(tenant, queues, models, max, maxCharacters);
  }

  @Override
  public void update(List<TaskRow> rows) {
    inner.update(rows);
  }

  @Override
  public void amend(TaskRow row, Prompt prompt) {
    inner.amend(row, prompt);
  }

  @Override
  public Prompt prompt(long seq) {
    return inner.prompt(seq);
  }

  @Override
  public List<TaskRow> expired(Instant now, int max) {
    return inner.expired(now, max);
  }

  @Override
  public List<TaskRow> startable(Instant now, int max) {
    return inner.startable(now, max);
  }

  @Override
  public List<TaskRow> overdue(Instant now, int max) {
    return inner.overdue(now, max);
  }

  @Override
  public List<TaskRow> heldBehind(TenantId tenant, GateId gate, int max) {
    return inner.heldBehind(tenant, gate, max);
  }

  @Override
  public Optional<Instant> nextDue() {
    return inner.nextDue();
  }

  @Override
  public List<TaskRow> list(TenantId tenant, Filter filter, long before, int max) {
    return inner.list(tenant, filter, before, max);
  }

  @Override
  public List<Depth> depths(TenantId tenant) {
    return inner.depths(tenant);
  }

  @Override
  public int ahead(TaskRow row, int max) {
    return inner.ahead(row, max);
  }

  @Override
  public Pruned prune(Instant cutoff, long afterSeq, int max) {
    return inner.prune(cutoff, afterSeq, max);
  }
}
