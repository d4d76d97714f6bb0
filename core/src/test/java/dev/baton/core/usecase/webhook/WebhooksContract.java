package dev.baton.core.usecase.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Delivery.State;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.WebhookSender.Letter;
import dev.baton.core.port.WebhookSender.Outcome;
import dev.baton.core.testing.FakeWebhookSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens is told to those who asked for it, at least once, whatever they answer. */
public abstract class WebhooksContract extends WebhookFixture {
  private static final String SECRET = "another secret of ours";

  @Test
  void lifeOfATask_isTold_toThoseWhoAskedForIt() {
    baton.submit("before anybody listened");
    Webhook all = create();
    Webhook ends = create(WebhookTopic.TASK_COMPLETED);
    LeasedTask task = baton.lease(new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow();
    baton.complete(task, "the answer");

    run();

    assertThat(deliveries(all))
        .extracting(Delivery::topic)
        .containsExactlyInAnyOrder("task.started", "task.completed");
    assertThat(deliveries(ends)).hasSize(1);
    assertThat(deliveries(ends).get(0).state()).isEqualTo(State.DELIVERED);
    assertThat(deliveries(ends).get(0).body())
        .contains("result=the answer", "status=SUCCEEDED", "id=" + task.leaseId().taskId());
    assertThat(sender.letters()).hasSize(3);
  }

  @Test
  void whatHappenedBefore_isNotTold_alsoWhereOthersHaveNotHeardOfItYet() {
    Webhook old = create();
    baton.submit("before there was another");
    Webhook made = create(WebhookTopic.TASK_CREATED);
    Webhook back = create(WebhookTopic.TASK_CREATED);
    Baton.await(webhooks().edit(TENANT, back.id(), enabled(false)));
    baton.submit("while one was off");
    Baton.await(webhooks().edit(TENANT, back.id(), enabled(true)));
    baton.submit("for all of them");

    run();

    assertThat(deliveries(old)).hasSize(3);
    assertThat(deliveries(made)).hasSize(2);
    assertThat(deliveries(back)).hasSize(1);
  }

  private static Webhooks.Edit enabled(boolean on) {
    return new Webhooks.Edit(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(on));
  }

  @Test
  void secretThatWasReplaced_signsADayLonger_orAsLongAsIsSaid() {
    Webhook webhook = create(WebhookTopic.TASK_CREATED);
    rotate(webhook, Optional.of(SECRET), Optional.empty());
    assertThat(signing()).containsExactly(SECRET, webhook.secret());
    clock.advance(Webhooks.OVERLAP.minusMillis(1));
    assertThat(signing()).containsExactly(SECRET, webhook.secret());
    clock.advance(Duration.ofMillis(1));
    assertThat(signing()).containsExactly(SECRET);

    rotate(webhook, Optional.of(webhook.secret()), Optional.of(Webhooks.OVERLAP_MAX));
    clock.advance(Duration.ofDays(6));
    assertThat(signing()).containsExactly(webhook.secret(), SECRET);
    rotate(webhook, Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(signing()).containsExactly(webhook.secret());
    rotate(webhook, Optional.of(SECRET), Optional.of(Duration.ZERO));
    assertThat(signing()).containsExactly(SECRET);
    rotate(webhook, Optional.of(SECRET), Optional.empty());
    assertThat(signing()).containsExactly(SECRET);
  }

  @Test
  void secretOfTheConfiguration_thatWasReplaced_signsADayLonger() {
    provide("the secret of before");
    provide(SECRET);
    provide(SECRET);

    assertThat(signing()).containsExactly(SECRET, "the secret of before");
  }

  private void provide(String secret) {
    Baton.await(
        webhooks()
            .provide(
                TENANT,
                new Webhooks.NewWebhook(
                    URL, Optional.of(secret), Set.of(WebhookTopic.TASK_CREATED))));
  }

  private void rotate(Webhook webhook, Optional<String> secret, Optional<Duration> overlap) {
    Baton.await(
        webhooks()
            .edit(
                TENANT,
                webhook.id(),
                new Webhooks.Edit(
                    Optional.empty(), secret, overlap, Optional.empty(), Optional.empty())));
  }

  /** What signs the message of a task. */
  private List<String> signing() {
    baton.submit("p");
    run();
    return sender.letters().get(sender.letters().size() - 1).secrets();
  }

  @Test
  void endOfABatch_isTold_asItEnded_andAsFinished() {
    Webhook all = create(WebhookTopic.BATCH_COMPLETED, WebhookTopic.BATCH_FAILED);
    Webhook ends = create(WebhookTopic.BATCH_FINISHED);
    createStartedBatch("well");
    baton.complete(
        baton.lease(new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow(), "the answer");
    createStartedBatch("stopped");
    Baton.await(baton.batches().cancel(TENANT, new BatchId("stopped")));

    run();

    assertThat(deliveries(all))
        .extracting(Delivery::topic)
        .containsExactlyInAnyOrder("batch.completed", "batch.failed");
    assertThat(deliveries(ends))
        .extracting(Delivery::topic)
        .containsExactly("batch.finished", "batch.finished");
    assertThat(deliveries(ends))
        .extracting(Delivery::body)
        .allMatch(body -> body.startsWith("batch.finished "))
        .anyMatch(body -> body.contains("id=well, status=COMPLETED"))
        .anyMatch(body -> body.contains("id=stopped, status=CANCELLED"));
  }

  private void createStartedBatch(String id) {
    NewBatch batch =
        new NewBatch(
            Optional.of(new BatchId(id)), "name", "about", BatchConfig.DEFAULT, Optional.empty());
    Baton.await(baton.batches().create(TENANT, batch, List.of(NewTask.of(Prompt.of("a prompt")))));
    Baton.await(baton.batches().start(TENANT, new BatchId(id)));
  }

  @Test
  void message_thatIsNotTaken_isTriedTenTimes_underOneId_thenTheWebhookIsDisabled() {
    Webhook webhook = create(WebhookTopic.TASK_CREATED, WebhookTopic.SYSTEM_ALERT);
    sender.answers(500);
    baton.submit("p");
    List<Long> waits = new ArrayList<>();
    run();
    while (deliveries(webhook).get(0).state() == State.PENDING) {
      Duration wait = Duration.between(clock.instant(), deliveries(webhook).get(0).nextAt());
      waits.add(wait.toSeconds());
      int before = sender.letters().size();
      clock.advance(wait.minusMillis(1));
      run();
      assertThat(sender.letters()).hasSize(before);
      clock.advance(Duration.ofMillis(1));
      run();
      assertThat(sender.letters()).hasSize(before + 1);
    }

    List<Long> planned = List.of(5L, 300L, 1800L, 7200L, 18000L, 36000L, 50400L, 72000L, 86400L);
    assertThat(waits).hasSameSizeAs(planned);
    IntStream.range(0, planned.size())
        .forEach(i -> assertThat(waits.get(i)).isBetween(planned.get(i), planned.get(i) * 11 / 10));
    assertThat(sender.letters()).hasSize(10).extracting(Letter::id).containsOnly(id(webhook));
    assertThat(sender.letters()).extracting(Letter::body).hasSize(10).containsOnly(body(webhook));
    assertThat(Baton.await(webhooks().find(TENANT, webhook.id())).isEnabled()).isFalse();
    assertThat(alerts()).extracting(AlertEvent::kind).containsExactly("webhook.disabled");
  }

  private String id(Webhook webhook) {
    return deliveries(webhook).get(0).id();
  }

  private String body(Webhook webhook) {
    return deliveries(webhook).get(0).body();
  }

  @Test
  void gone_disablesAtOnce_andWhatWaitsIsSentWhenItIsEnabledAgain() {
    Webhook webhook = create(WebhookTopic.TASK_CREATED);
    sender.answers(410);
    baton.submit("p");
    run();
    assertThat(Baton.await(webhooks().find(TENANT, webhook.id())).disabledFor()).contains("410");
    assertRefused(ErrorCode.INVALID_STATE, webhooks().test(TENANT, webhook.id()));
    String id = id(webhook);

    sender.answers(204);
    Baton.await(
        webhooks()
            .edit(
                TENANT,
                webhook.id(),
                new Webhooks.Edit(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(true))));
    Baton.await(webhooks().redeliver(TENANT, webhook.id(), id));
    run();

    assertThat(deliveries(webhook))
        .singleElement()
        .extracting(Delivery::state)
        .isEqualTo(State.DELIVERED);
    assertThat(sender.letters()).extracting(Letter::id).containsExactly(id, id);
  }

  @Test
  void retryAfter_isHonoured_upToADay() {
    Webhook webhook = create(WebhookTopic.TASK_CREATED);
    sender.answers(
        letter ->
            CompletableFuture.completedFuture(
                new Outcome(429, "slow", Optional.of(Duration.ofHours(1)))));
    baton.submit("p");
    run();
    assertThat(deliveries(webhook).get(0).nextAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(1)));

    sender.answers(
        letter ->
            CompletableFuture.completedFuture(
                new Outcome(429, "slow", Optional.of(Duration.ofDays(900)))));
    clock.advance(Duration.ofHours(1));
    run();
    assertThat(deliveries(webhook).get(0).nextAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(24)));
  }

  @Test
  void stallingReceiver_holdsUpNoOther_andNoMoreThanItsShare() {
    Webhook stalling = create(WebhookTopic.TASK_CREATED);
    Webhook other = create(WebhookTopic.TASK_CREATED);
    List<Letter> stalled = new ArrayList<>();
    sender.answers(
        letter -> {
          if (letter.secrets().contains(stalling.secret())) {
            stalled.add(letter);
            return new CompletableFuture<>();
          }
          return CompletableFuture.completedFuture(FakeWebhookSender.status(200));
        });
    for (int i = 0; i < 40; i++) {
      baton.submit("p" + i);
    }
    for (int i = 0; i < 20; i++) {
      dispatcher.runOnce();
      Baton.await(baton.queues().resume(TENANT, QueueName.DEFAULT));
    }

    assertThat(stalled).hasSize(WebhookDispatcher.EACH_MAX);
    assertThat(deliveries(other))
        .hasSize(40)
        .extracting(Delivery::state)
        .containsOnly(State.DELIVERED);
  }

  @Test
  void attemptsUnderWay_whenTheProcessEnds_areMadeAgain() {
    create(WebhookTopic.TASK_CREATED);
    sender.answers(letter -> new CompletableFuture<>());
    baton.submit("p");
    dispatcher.runOnce();
    assertThat(sender.letters()).hasSize(1);
    sender.answers(200);

    WebhookDispatcher next = new WebhookDispatcher(mailing(), sender, clock, clock);
    next.runOnce();

    assertThat(sender.letters()).hasSize(2);
    assertThat(sender.letters().get(1).id()).isEqualTo(sender.letters().get(0).id());
  }

  private WebhookDeliveries mailing() {
    return baton.webhooks().orElseThrow().mailing();
  }

  @Test
  void test_sendsAMessageOfItsOwn() {
    Webhook webhook = create(WebhookTopic.SYSTEM_ALERT);

    Baton.await(webhooks().test(TENANT, webhook.id()));
    run();

    assertThat(sent()).containsExactly(Webhooks.TEST_TYPE);
  }

  @Test
  void alert_isTold_oncePerKindAndTime() {
    create(WebhookTopic.SYSTEM_ALERT);
    assertThat(Baton.await(baton.alerts().raise("disk", "full"))).isTrue();
    assertThat(Baton.await(baton.alerts().raise("disk", "fuller"))).isFalse();
    assertThat(Baton.await(baton.alerts().raise("net", "slow"))).isTrue();
    run();
    assertThat(sent()).containsExactly("system.alert", "system.alert");

    clock.advance(Alerts.QUIET);

    assertThat(Baton.await(baton.alerts().raise("disk", "still full"))).isTrue();
  }

  private Webhook provide(String url, String secret, WebhookTopic topic) {
    return Baton.await(
        webhooks()
            .provide(TENANT, new Webhooks.NewWebhook(url, Optional.of(secret), Set.of(topic))));
  }

  @Test
  void provided_isMadeOnce_andChangedUnderTheSameId() {
    Webhook made = provide(URL, "a secret of sixteen", WebhookTopic.TASK_CREATED);
    clock.advance(Duration.ofHours(1));
    Webhook same = provide(URL, "a secret of sixteen", WebhookTopic.TASK_CREATED);
    Webhook changed = provide(URL, "another secret of it", WebhookTopic.TASK_FAILED);
    Webhook other = provide(URL + "/b", "a secret of sixteen", WebhookTopic.TASK_CREATED);

    assertThat(same).isEqualTo(made);
    assertThat(changed.id()).isEqualTo(made.id()).isNotEqualTo(other.id());
    assertThat(changed.createdAt()).isEqualTo(made.createdAt());
    assertThat(Baton.await(webhooks().find(TENANT, made.id()))).isEqualTo(changed);
    assertThat(Baton.await(webhooks().list(TENANT, 0, 10)).total()).isEqualTo(2);
  }

  @Test
  void provided_thatIsDisabled_staysSo() {
    Webhook made = provide(URL, "a secret of sixteen", WebhookTopic.TASK_CREATED);
    sender.answers(410);
    baton.submit("p");
    run();

    assertThat(provide(URL, "a secret of sixteen", WebhookTopic.TASK_FAILED).isEnabled()).isFalse();
    assertThat(Baton.await(webhooks().find(TENANT, made.id())).isEnabled()).isFalse();
  }

  @Test
  void create_refusesWhatIsTooMuchOrLeadsNowhere() {
    assertRefused(
        ErrorCode.URL_NOT_ALLOWED,
        webhooks()
            .create(
                TENANT,
                new Webhooks.NewWebhook(
                    "http://a", Optional.empty(), Set.of(WebhookTopic.TASK_CREATED))));
    for (int i = 0; i < Webhooks.COUNT_MAX; i++) {
      create();
    }
    assertRefused(
        ErrorCode.LIMIT_EXCEEDED,
        webhooks()
            .create(
                TENANT,
                new Webhooks.NewWebhook(URL, Optional.empty(), Set.of(WebhookTopic.TASK_CREATED))));
  }

  @Test
  void deleted_isUnknown_andToldNothing() {
    Webhook webhook = create();
    baton.submit("p");
    Baton.await(webhooks().delete(TENANT, webhook.id()));

    run();

    assertThat(sender.letters()).isEmpty();
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, webhooks().find(TENANT, webhook.id()));
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, webhooks().deliveries(TENANT, webhook.id(), 0, 1));
  }

  @Test
  void webhook_isNobodyElses() {
    Webhook webhook = create();

    assertRefused(
        ErrorCode.WEBHOOK_NOT_FOUND, webhooks().find(new TenantId("other"), webhook.id()));
  }
}
