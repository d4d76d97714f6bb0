package dev.baton.core.client;

import static dev.baton.core.domain.webhook.WebhookTopic.BATCH_COMPLETED;
import static dev.baton.core.domain.webhook.WebhookTopic.TASK_CREATED;
import static dev.baton.core.domain.webhook.WebhookTopic.TASK_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.client.WebhookClient.Added;
import dev.baton.core.client.WebhookClient.Change;
import dev.baton.core.client.WebhookClient.Hook;
import dev.baton.core.client.WebhookClient.Message;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.webhook.Delivery.State;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.testing.FakeWebhookSender;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookClient} must do. Extend it once per implementation and add nothing. */
public abstract class WebhookClientContract {
  private static final String URL = "https://receiver.example/hook?of=mine";
  private static final String SECRET = "a secret of our own";

  private final ManualClock clock = new ManualClock();
  private final FakeWebhookSender sender = new FakeWebhookSender();

  /** Not started: it sends when the contract says so. */
  private final Baton baton =
      Baton.builder(new InMemoryStore()).clock(clock).webhooks(sender).build();

  private WebhookClient server;

  /** A client of {@code baton}; the contract closes it before the Baton. */
  protected abstract WebhookClient createServer(Baton baton);

  @BeforeEach
  void open() {
    server = createServer(baton);
  }

  @AfterEach
  void close() {
    server.close();
    baton.close();
  }

  private Hook add() {
    return server.add(URL, Set.of(TASK_CREATED), Optional.of(SECRET)).hook();
  }

  private void send() {
    baton.webhooks().orElseThrow().dispatcher().runOnce();
    // A write behind those of the outcomes, so that they are stored.
    Baton.await(baton.queues().resume(TenantId.DEFAULT, QueueName.DEFAULT));
  }

  private static Change only(Optional<Boolean> enabled) {
    return new Change(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), enabled);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void add_isTheWebhookThatIsFound_withAllItWasGiven() {
    Hook made = server.add(URL, EnumSet.allOf(WebhookTopic.class), Optional.of(SECRET)).hook();

    assertThat(made.url()).isEqualTo(URL);
    assertThat(made.topics()).isEqualTo(EnumSet.allOf(WebhookTopic.class));
    assertThat(made.disabledFor()).isEmpty();
    assertThat(server.find(made.id())).isEqualTo(made);
    assertThat(server.list(0)).containsExactly(made);
  }

  @Test
  void add_withoutASecret_tellsTheOneThatSigns_andNeverAgain() {
    Added made = server.add(URL, Set.of(TASK_CREATED), Optional.empty());

    String secret = made.secret().orElseThrow();
    server.test(made.hook().id());
    send();

    assertThat(sender.letters())
        .singleElement()
        .extracting(letter -> letter.secrets().get(0))
        .isEqualTo(secret);
    assertThat(made.toString()).doesNotContain(secret);
    assertThat(server.find(made.hook().id()).toString()).doesNotContain(secret);
  }

  @Test
  void add_withASecret_doesNotRepeatIt() {
    assertThat(server.add(URL, Set.of(TASK_CREATED), Optional.of(SECRET)).secret()).isEmpty();
  }

  @Test
  void add_ofWhatIsNotAllowed_isRefused() {
    assertRefused(
        ErrorCode.URL_NOT_ALLOWED,
        () -> server.add("http://receiver.example/", Set.of(TASK_CREATED), Optional.empty()));
    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        () -> server.add(URL, Set.of(TASK_CREATED), Optional.of("short")));
    assertThat(server.list(0)).isEmpty();
  }

  @Test
  void add_ofNoTopic_isABug() {
    assertThatThrownBy(() -> server.add(URL, Set.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void change_changesWhatIsNamed_andNothingElse() {
    Hook before = add();

    Hook off = server.change(before.id(), only(Optional.of(false)));
    Hook after =
        server.change(
            before.id(),
            new Change(
                Optional.of("https://other.example/"),
                Optional.of(Set.of(TASK_FAILED, BATCH_COMPLETED)),
                Optional.of("another secret of ours"),
                Optional.of(Duration.ofMillis(59_001)),
                Optional.of(true)));

    assertThat(off.disabledFor()).isPresent();
    assertThat(off.url()).isEqualTo(before.url());
    assertThat(off.topics()).isEqualTo(before.topics());
    assertThat(after.disabledFor()).isEmpty();
    assertThat(after.url()).isEqualTo("https://other.example/");
    assertThat(after.topics()).containsExactlyInAnyOrder(TASK_FAILED, BATCH_COMPLETED);
    assertThat(server.find(before.id())).isEqualTo(after);
    server.test(before.id());
    send();
    assertThat(sender.letters())
        .singleElement()
        .extracting("secrets")
        .isEqualTo(List.of("another secret of ours", SECRET));
    clock.advance(Duration.ofMinutes(1));
    server.test(before.id());
    send();
    assertThat(sender.letters().get(1).secrets()).containsExactly("another secret of ours");
  }

  @Test
  void change_toABadSecret_isRefused() {
    Hook hook = add();

    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        () ->
            server.change(
                hook.id(),
                new Change(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("short"),
                    Optional.empty(),
                    Optional.empty())));
    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        () ->
            server.change(
                hook.id(),
                new Change(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofDays(8)),
                    Optional.empty())));
  }

  @Test
  void test_isADeliveryLikeAnyOther() {
    Hook hook = add();

    Message queued = server.test(hook.id());

    assertThat(queued.topic()).isEqualTo("webhook.test");
    assertThat(queued.state()).isEqualTo(State.PENDING);
    assertThat(queued.attempts()).isZero();
    assertThat(queued.last()).isEmpty();
    assertThat(server.deliveries(hook.id(), 0)).containsExactly(queued);

    sender.answers(204);
    send();

    Message sent = server.deliveries(hook.id(), 0).get(0);
    assertThat(sent.id()).isEqualTo(queued.id());
    assertThat(sent.state()).isEqualTo(State.DELIVERED);
    assertThat(sent.attempts()).isEqualTo(1);
    assertThat(sent.last().orElseThrow().status()).isEqualTo(204);
  }

  @Test
  void redeliver_sendsTheSameMessageAgain() {
    Hook hook = add();
    Message first = server.test(hook.id());
    send();

    Message again = server.redeliver(hook.id(), first.id());
    send();

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.state()).isEqualTo(State.PENDING);
    assertThat(sender.letters()).hasSize(2);
    assertRefused(ErrorCode.DELIVERY_NOT_FOUND, () -> server.redeliver(hook.id(), "none"));
  }

  @Test
  void test_ofOneThatIsOff_isRefused() {
    Hook hook = add();
    server.change(hook.id(), only(Optional.of(false)));

    assertRefused(ErrorCode.INVALID_STATE, () -> server.test(hook.id()));
  }

  @Test
  void deliveries_comeNewestFirst_pageAfterPage() {
    Hook hook = add();
    Message oldest = server.test(hook.id());
    for (int i = 0; i < WebhookClient.PAGE; i++) {
      clock.advance(Duration.ofMillis(1));
      server.test(hook.id());
    }

    assertThat(server.deliveries(hook.id(), 0)).hasSize(WebhookClient.PAGE);
    assertThat(server.deliveries(hook.id(), 1)).containsExactly(oldest);
  }

  @Test
  void delete_removesIt() {
    Hook hook = add();

    server.delete(hook.id());

    assertThat(server.list(0)).isEmpty();
  }

  @Test
  void whatIsNotThere_isRefused() {
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, () -> server.find("none"));
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, () -> server.delete("none"));
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, () -> server.test("none"));
    assertRefused(ErrorCode.WEBHOOK_NOT_FOUND, () -> server.deliveries("none", 0));
    assertRefused(
        ErrorCode.WEBHOOK_NOT_FOUND, () -> server.change("none", only(Optional.of(true))));
  }
}
