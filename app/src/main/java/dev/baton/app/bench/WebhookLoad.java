package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Store;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.webhook.HttpWebhookSender;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Messages of tasks that come and end, through a store and the way out, to a {@link
 * FaultyReceiver}. One webhook is told of what comes, another of what ends. The core's clock runs
 * {@link #HASTE} times as fast, so that what is tried again after hours is tried again after
 * seconds.
 */
final class WebhookLoad {
  static final int HASTE = 500;

  private static final int LIST = 250;
  private static final Duration LEASE = Duration.ofHours(12);
  private static final Duration ATTEMPT = Duration.ofMillis(500);
  private static final long LOOK_NANOS = 5_000_000;

  private final Store store;
  private final String text;
  private final WebhookLedger ledger;
  private final UnaryOperator<WebhookSender> around;

  /**
   * @param around put between the core and the way out, so that a test can plant a fault
   */
  WebhookLoad(
      Store store, int textLength, WebhookLedger ledger, UnaryOperator<WebhookSender> around) {
    this.store = store;
    this.text = "x".repeat(textLength);
    this.ledger = ledger;
    this.around = around;
  }

  /**
   * What it came to; what is wrong is for the ledger to say.
   *
   * @param seconds from the first task until the last message was taken, or until patience ended
   */
  record Storm(double seconds, int requests, int disabled) {}

  /**
   * Sends so many messages.
   *
   * @param messages even
   * @param patience after which what was not taken counts as lost
   */
  Storm run(int messages, Duration patience) throws IOException {
    WebhookSender sender =
        around.apply(
            new HttpWebhookSender(
                OutboundRules.of(List.of("127.0.0.1"), true, List.of()), ATTEMPT));
    try (FaultyReceiver receiver = new FaultyReceiver(ledger);
        Baton baton = Baton.builder(store).clock(hastily()).webhooks(sender).build().start()) {
      Webhooks webhooks = baton.webhooks().orElseThrow().webhooks();
      for (WebhookTopic topic : List.of(WebhookTopic.TASK_CREATED, WebhookTopic.TASK_COMPLETED)) {
        Baton.await(
            webhooks.create(
                TenantId.DEFAULT,
                new Webhooks.NewWebhook(receiver.url(), Optional.empty(), Set.of(topic))));
      }
      long begun = System.nanoTime();
      for (int done = 0; done < messages / 2; done += LIST) {
        cycle(baton, Math.min(LIST, messages / 2 - done));
      }
      // Who is disabled is not told of what happens meanwhile, so all has to be written down first.
      while (Baton.await(baton.webhooks().orElseThrow().mailing().isBehind())) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      receiver.letBeGone();
      int disabled = 0;
      while (!ledger.isAllTaken() && System.nanoTime() - begun < patience.toNanos()) {
        LockSupport.parkNanos(LOOK_NANOS);
        disabled += enable(webhooks, receiver);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Storm(seconds, receiver.requests(), disabled);
    }
  }

  private static InstantSource hastily() {
    Instant start = Instant.now();
    long begun = System.nanoTime();
    return () -> start.plusNanos((System.nanoTime() - begun) * HASTE);
  }

  /** Tasks from their coming to their end. */
  private void cycle(Baton baton, int tasks) {
    List<NewTask> list = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      list.add(NewTask.builder(Prompt.of(text)).build());
    }
    for (Submitted made : Baton.await(baton.submissions().submit(TenantId.DEFAULT, list))) {
      ledger.expect(WebhookTopic.TASK_CREATED.word(), made.id().value());
      ledger.expect(WebhookTopic.TASK_COMPLETED.word(), made.id().value());
    }
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT, List.of(QueueName.DEFAULT), new WorkerId("bench"), LEASE, tasks);
    List<Settlement> answers = new ArrayList<>(tasks);
    for (LeasedTask task : Baton.await(baton.leasing().lease(ask))) {
      answers.add(Settlement.Complete.of(task.leaseId(), Completion.of("done")));
    }
    Baton.await(baton.settling().settle(TenantId.DEFAULT, answers));
  }

  /** Does what an owner does who learns that the receiver was taken for gone; how many were. */
  private static int enable(Webhooks webhooks, FaultyReceiver receiver) {
    List<Webhook> disabled =
        Baton.await(webhooks.list(TenantId.DEFAULT, 0, 2)).items().stream()
            .filter(webhook -> !webhook.isEnabled())
            .toList();
    for (Webhook webhook : disabled) {
      Webhooks.Edit enable =
          new Webhooks.Edit(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(true));
      Baton.await(webhooks.edit(TenantId.DEFAULT, webhook.id(), enable));
      for (String id : receiver.gone()) {
        // Of the other webhook's messages this one knows nothing, and says so.
        var unused =
            webhooks
                .redeliver(TenantId.DEFAULT, webhook.id(), id)
                .exceptionally(unknown -> null)
                .join();
      }
    }
    return disabled.size();
  }
}
