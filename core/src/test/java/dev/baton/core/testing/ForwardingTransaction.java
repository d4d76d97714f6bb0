package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.BatchRows;
import dev.baton.core.port.CountRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.PauseRows;
import dev.baton.core.port.Removals;
import dev.baton.core.port.RequestRows;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.port.StatRows;
import dev.baton.core.port.SupportRows;
import dev.baton.core.port.TaskPages;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookRows;

/** Hands each part of another transaction on; a test overrides the part that it wants otherwise. */
public class ForwardingTransaction implements Transaction {
  private final Transaction inner;

  public ForwardingTransaction(Transaction inner) {
    this.inner = inner;
  }

  @Override
  public TaskRows tasks() {
    return inner.tasks();
  }

  @Override
  public AnswerRows answers() {
    return inner.answers();
  }

  @Override
  public SupportRows support() {
    return inner.support();
  }

  @Override
  public EventRows events() {
    return inner.events();
  }

  @Override
  public CountRows counts() {
    return inner.counts();
  }

  @Override
  public BatchRows batches() {
    return inner.batches();
  }

  @Override
  public PauseRows pauses() {
    return inner.pauses();
  }

  @Override
  public TaskPages pages() {
    return inner.pages();
  }

  @Override
  public ScheduleRows schedules() {
    return inner.schedules();
  }

  @Override
  public StatRows stats() {
    return inner.stats();
  }

  @Override
  public RequestRows requests() {
    return inner.requests();
  }

  @Override
  public Removals removals() {
    return inner.removals();
  }

  @Override
  public WebhookRows webhooks() {
    return inner.webhooks();
  }

  @Override
  public void readied(TenantId tenant, QueueName queue, int count) {
    inner.readied(tenant, queue, count);
  }
}
