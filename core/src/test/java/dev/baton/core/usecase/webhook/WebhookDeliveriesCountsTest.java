package dev.baton.core.usecase.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.testing.FakeWebhookSender;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted of messages to webhooks. */
final class WebhookDeliveriesCountsTest {
  private static final TenantId TENANT = TenantId.DEFAULT;

  private final ManualClock clock = new ManualClock();
  private final FakeWebhookSender sender = new FakeWebhookSender();
  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(clock)
          .random(new Random(42))
          .webhooks(sender)
          .build();
  private final WebhookService service = baton.webhooks().orElseThrow();

  @BeforeEach
  void listen() {
    Baton.await(
        service
            .webhooks()
            .create(
                TENANT,
                new Webhooks.NewWebhook(
                    "https://receiver.example/",
                    Optional.empty(),
                    Set.of(WebhookTopic.TASK_CREATED))));
  }

  @AfterEach
  void close() {
    baton.close();
  }

  private void submit() {
    Baton.await(baton.submissions().submit(TENANT, NewTask.of("p")));
  }

  @Test
  void takenRepeatedAndGivenUp_areCountedOnceEach_andWhatIsPendingIsTold() {
    submit();
    service.dispatcher().runOnce();
    assertThat(service.mailing().counts()).isEqualTo(new WebhookDeliveries.Counts(1, 0, 0));

    sender.answers(500);
    submit();
    service.dispatcher().runOnce();
    assertThat(service.mailing().counts()).isEqualTo(new WebhookDeliveries.Counts(1, 0, 1));
    assertThat(Baton.await(baton.figures().depths()).pendingDeliveries()).isEqualTo(1);

    sender.answers(410);
    clock.advance(Duration.ofSeconds(10));
    assertThat(Baton.await(service.webhooks().outlook(TENANT)).oldestDue()).isPresent();
    service.dispatcher().runOnce();

    assertThat(service.mailing().counts()).isEqualTo(new WebhookDeliveries.Counts(1, 1, 1));
    assertThat(Baton.await(baton.figures().depths()).pendingDeliveries()).isZero();
    assertThat(Baton.await(service.webhooks().outlook(TENANT)))
        .isEqualTo(new Webhooks.Outlook(0, 1, 0, Optional.empty()));
  }
}
