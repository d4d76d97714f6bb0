package dev.baton.core.usecase.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Store;
import dev.baton.core.testing.FakeWebhookSender;
import dev.baton.core.testing.ManualClock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of webhooks share. */
abstract class WebhookFixture {
  protected static final TenantId TENANT = TenantId.DEFAULT;

  /** More than any test here sends: one that is told of the same event again and again ends. */
  private static final int LETTERS_MAX = 1_000;

  protected static final String URL = "https://receiver.example/hook";

  protected final ManualClock clock = new ManualClock();
  protected final FakeWebhookSender sender = new FakeWebhookSender();
  protected Baton baton;
  protected WebhookDispatcher dispatcher;

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @BeforeEach
  void open() {
    baton =
        Baton.builder(createStore()).clock(clock).random(new Random(42)).webhooks(sender).build();
    dispatcher = baton.webhooks().orElseThrow().dispatcher();
  }

  @AfterEach
  void close() {
    baton.close();
  }

  protected final Webhooks webhooks() {
    return baton.webhooks().orElseThrow().webhooks();
  }

  protected final Webhook create(WebhookTopic... topics) {
    Set<WebhookTopic> told =
        topics.length == 0 ? EnumSet.allOf(WebhookTopic.class) : Set.of(topics);
    return Baton.await(
        webhooks().create(TENANT, new Webhooks.NewWebhook(URL, Optional.empty(), told)));
  }

  /** Sends all that is due, until nothing is. */
  protected final void run() {
    int before;
    do {
      before = sender.letters().size();
      dispatcher.runOnce();
      // A write behind those of the outcomes, so that they are stored.
      Baton.await(baton.queues().resume(TENANT, QueueName.DEFAULT));
      assertThat(sender.letters()).hasSizeLessThan(LETTERS_MAX);
    } while (sender.letters().size() > before || dispatcher.underWay() > 0);
  }

  protected final List<Delivery> deliveries(Webhook webhook) {
    return Baton.await(webhooks().deliveries(TENANT, webhook.id(), 0, 100)).items();
  }

  protected final List<String> sent() {
    return sender.letters().stream()
        .map(letter -> letter.body().substring(0, letter.body().indexOf(' ')))
        .toList();
  }

  protected final List<AlertEvent> alerts() {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(AlertEvent.class::isInstance)
        .map(AlertEvent.class::cast)
        .toList();
  }

  protected static void assertRefused(ErrorCode code, CompletableFuture<?> future) {
    assertThatThrownBy(() -> Baton.await(future))
        .isInstanceOf(BatonException.class)
        .extracting(refusal -> ((BatonException) refusal).code())
        .isEqualTo(code);
  }
}
