package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Delivery.Answer;
import dev.baton.core.domain.webhook.Delivery.State;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Store.Urgency;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Webhooks, their deliveries, and the place in the log. */
public abstract class WebhookRowsContract extends StoreFixture {

  private static Webhook hook(TenantId tenant, String id) {
    return new Webhook(
        tenant,
        id,
        "https://a.example/é?x='y'",
        "whsec_" + id,
        EnumSet.allOf(WebhookTopic.class),
        "",
        NOW,
        Optional.of(new Webhook.Previous("whsec_old", NOW.plusSeconds(1))),
        7);
  }

  private static Delivery delivery(String webhook, String id, long afterMillis) {
    return Delivery.of(
        hook(TENANT, webhook), id, "task.created", "{\"é\":1}", NOW.plusMillis(afterMillis));
  }

  @Test
  void webhook_put_isFoundListedAndReplaced_byTenant() {
    Webhook a = hook(TENANT, "a");
    Webhook b =
        new Webhook(
            TENANT,
            "b",
            a.url(),
            "s",
            Set.of(WebhookTopic.TASK_FAILED),
            "gone",
            NOW.minusMillis(1),
            Optional.empty(),
            0);
    Webhook other = hook(OTHER_TENANT, "a");
    run(
        tx -> {
          tx.webhooks().put(a);
          tx.webhooks().put(b);
          tx.webhooks().put(other);
        });

    assertThat(reading().webhooks().find(TENANT, "a")).contains(a);
    assertThat(reading().webhooks().find(TENANT, "c")).isEmpty();
    assertThat(reading().webhooks().list(TENANT, 0, 9)).containsExactly(b, a);
    assertThat(reading().webhooks().list(TENANT, 1, 1)).containsExactly(a);
    assertThat(reading().webhooks().count(TENANT)).isEqualTo(2);
    assertThat(writing().webhooks().enabled()).containsExactlyInAnyOrder(a, other);

    run(tx -> tx.webhooks().put(a.disabled("410")));

    assertThat(reading().webhooks().find(TENANT, "a")).contains(a.disabled("410"));
    assertThat(reading().webhooks().enabled()).containsExactly(other);
  }

  @Test
  void webhook_removed_isGoneWithItsDeliveries() {
    run(
        tx -> {
          tx.webhooks().put(hook(TENANT, "a"));
          tx.webhooks().put(delivery("a", "1", 0));
          tx.webhooks().put(delivery("b", "1", 0));
        });

    run(tx -> tx.webhooks().remove(TENANT, "a"));

    assertThat(reading().webhooks().count(TENANT)).isZero();
    assertThat(reading().webhooks().delivery(TENANT, "a", "1")).isEmpty();
    assertThat(reading().webhooks().countDeliveries(TENANT, "b")).isEqualTo(1);
  }

  @Test
  void deliveries_areDueInTheOrderOfTheirTime_andListedNewestFirst() {
    Delivery first = delivery("a", "1", 0);
    Delivery second = delivery("a", "2", 1);
    Delivery later = delivery("a", "3", 2);
    run(
        tx -> {
          tx.webhooks().put(second);
          tx.webhooks().put(later);
          tx.webhooks().put(first);
          tx.webhooks().put(delivery("b", "9", 0));
        });

    assertThat(reading().webhooks().due(TENANT, "a", NOW.plusMillis(1), 9))
        .containsExactly(first, second);
    assertThat(reading().webhooks().due(TENANT, "a", NOW.plusMillis(9), 1)).containsExactly(first);
    assertThat(reading().webhooks().due(OTHER_TENANT, "a", NOW.plusMillis(9), 9)).isEmpty();
    assertThat(reading().webhooks().deliveries(TENANT, "a", 0, 9))
        .containsExactly(later, second, first);
    assertThat(reading().webhooks().deliveries(TENANT, "a", 1, 1)).containsExactly(second);
    assertThat(reading().webhooks().countDeliveries(TENANT, "a")).isEqualTo(3);
  }

  @Test
  void delivery_thatEnded_isNotDue_andGoesWhenItIsOld() {
    Delivery taken =
        delivery("a", "1", 0).attempted(State.DELIVERED, NOW.plusMillis(5), new Answer(204, ""));
    Delivery failed =
        delivery("a", "2", 0).attempted(State.FAILED, NOW.plusMillis(6), new Answer(0, "no é"));
    Delivery waiting = delivery("a", "3", 0);
    run(
        tx -> {
          tx.webhooks().put(taken);
          tx.webhooks().put(failed);
          tx.webhooks().put(waiting);
        });

    assertThat(reading().webhooks().delivery(TENANT, "a", "1")).contains(taken);
    assertThat(reading().webhooks().delivery(TENANT, "a", "2")).contains(failed);
    assertThat(reading().webhooks().due(TENANT, "a", NOW.plusSeconds(9), 9))
        .containsExactly(waiting);
    assertThat(writing().webhooks().prune(NOW.plusMillis(6), 9)).isEqualTo(1);
    assertThat(reading().webhooks().delivery(TENANT, "a", "1")).isEmpty();
    assertThat(writing().webhooks().prune(NOW.plusSeconds(6), 9)).isEqualTo(1);
    assertThat(reading().webhooks().deliveries(TENANT, "a", 0, 9)).containsExactly(waiting);
  }

  @Test
  void webhooks_ofAWorkThatFailed_areTakenBack() {
    run(tx -> tx.webhooks().moveCursor(7));

    failure(
        store()
            .write(
                Urgency.CARRY,
                tx -> {
                  tx.webhooks().moveCursor(8);
                  tx.webhooks().put(hook(TENANT, "a"));
                  tx.webhooks().put(delivery("a", "1", 0));
                  throw new IllegalStateException("taken back");
                }));

    assertThat(reading().webhooks().cursor()).isEqualTo(7);
    assertThat(reading().webhooks().count(TENANT)).isZero();
    assertThat(writing().webhooks().countDeliveries(TENANT, "a")).isZero();
  }

  @Test
  void pending_areCountedOfAllTenants() {
    assertThat(reading().webhooks().countPending()).isZero();
    Delivery other = Delivery.of(hook(OTHER_TENANT, "a"), "m3", "task.created", "{}", NOW);
    Delivery over = delivery("a", "m2", 0);
    run(
        tx -> {
          tx.webhooks().put(delivery("a", "m1", 0));
          tx.webhooks().put(over);
          tx.webhooks().put(other);
        });
    assertThat(reading().webhooks().countPending()).isEqualTo(3);

    run(
        tx ->
            tx.webhooks()
                .put(over.attempted(Delivery.State.FAILED, NOW, new Delivery.Answer(410, "gone"))));

    assertThat(writing().webhooks().countPending()).isEqualTo(2);
  }
}
