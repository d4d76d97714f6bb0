package dev.baton.core.usecase.webhook;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Delivery.Answer;
import dev.baton.core.domain.webhook.Delivery.State;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.port.WebhookSender.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * What is sent to webhooks, and when: reads the log, writes down each message before the first
 * attempt, and decides what follows from each attempt. A message is kept until a receiver took it
 * or {@link #ATTEMPTS} were made, so that it is sent at least once. Thread-safe.
 */
public final class WebhookDeliveries {
  /** Attempts at one message. */
  public static final int ATTEMPTS = 10;

  /** Events that one transaction looks at. */
  public static final int PAGE = 200;

  /** How long a message that is over can be looked at. */
  public static final Duration RETENTION = Duration.ofDays(3);

  private static final int GONE = 410;
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);

  /** A tenth more at most, so that what failed together does not come together again. */
  private static final double JITTER = 0.1;

  /** How long after the first, second … failure. */
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final WebhookSender sender;

  /**
   * @param random must be safe for use by several threads
   */
  public WebhookDeliveries(
      Store store, InstantSource clock, RandomGenerator random, WebhookSender sender) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.sender = requireNonNull(sender, "sender");
  }

  /** Whether {@link #fanOut} would find anything; cheap. */
  public CompletableFuture<Boolean> isBehind() {
    return store.read(
        tx -> !tx.webhooks().enabled().isEmpty() && tx.webhooks().cursor() < tx.events().last());
  }

  /**
   * Writes the messages of the next {@link #PAGE} events, and how far it came, in one transaction;
   * true when there may be more.
   */
  public CompletableFuture<Boolean> fanOut() {
    return store.write(
        Urgency.CARRY,
        tx -> {
          List<Webhook> webhooks = tx.webhooks().enabled();
          List<LoggedEvent> events = tx.events().after(tx.webhooks().cursor(), PAGE);
          if (webhooks.isEmpty() || events.isEmpty()) {
            return false;
          }
          Instant now = clock.instant();
          events.forEach(logged -> tell(tx, webhooks, logged, now));
          tx.webhooks().moveCursor(events.get(events.size() - 1).number());
          return events.size() == PAGE;
        });
  }

  private void tell(Transaction tx, List<Webhook> webhooks, LoggedEvent logged, Instant now) {
    for (WebhookTopic topic : WebhookTopic.of(logged.event())) {
      List<Webhook> told =
          webhooks.stream()
              .filter(webhook -> webhook.tenant().equals(logged.event().tenant()))
              .filter(webhook -> webhook.since() < logged.number())
              .filter(webhook -> webhook.topics().contains(topic))
              .toList();
      if (!told.isEmpty()) {
        String body = sender.encode(WebhookMessages.of(tx, logged, topic));
        String id = WebhookIds.next("msg_", random);
        told.forEach(
            webhook -> tx.webhooks().put(Delivery.of(webhook, id, topic.word(), body, now)));
      }
    }
  }

  /** A message whose time has come, and where it goes. */
  public record Due(Webhook webhook, Delivery delivery) {}

  /** Webhooks of all tenants that may be sent something. */
  public CompletableFuture<List<Webhook>> open() {
    return store.read(tx -> tx.webhooks().enabled());
  }

  /** What is to be sent to a webhook now, longest due first. */
  public CompletableFuture<List<Due>> due(Webhook webhook, int max) {
    return store.read(
        tx ->
            tx.webhooks().due(webhook.tenant(), webhook.id(), clock.instant(), max).stream()
                .map(delivery -> new Due(webhook, delivery))
                .toList());
  }

  /**
   * What came of messages since this process started.
   *
   * @param delivered messages that a receiver took
   * @param failed messages that are given up
   * @param retried attempts that failed and will be followed by others
   */
  public record Counts(long delivered, long failed, long retried) {}

  public Counts counts() {
    return new Counts(delivered.sum(), failed.sum(), retried.sum());
  }

  /** Writes down what came of an attempt; the state that the message is in then. */
  public CompletableFuture<State> settle(Delivery sent, Outcome outcome) {
    return write(sent, outcome)
        .thenApply(
            after -> {
              after.ifPresent(this::count);
              return after.orElse(sent.state());
            });
  }

  private void count(State after) {
    switch (after) {
      case DELIVERED -> delivered.increment();
      case FAILED -> failed.increment();
      case PENDING -> retried.increment();
    }
  }

  /** The state after it; empty when the message was over, or gone, before. */
  private CompletableFuture<Optional<State>> write(Delivery sent, Outcome outcome) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Optional<Delivery> found =
              tx.webhooks()
                  .delivery(sent.tenant(), sent.webhook(), sent.id())
                  .filter(delivery -> delivery.state() == State.PENDING);
          if (found.isEmpty()) {
            return Optional.<State>empty();
          }
          Delivery after = after(found.get(), outcome, clock.instant());
          tx.webhooks().put(after);
          if (after.state() == State.FAILED) {
            disable(tx, after, outcome);
          }
          return Optional.of(after.state());
        });
  }

  private Delivery after(Delivery before, Outcome outcome, Instant now) {
    Answer answer = new Answer(outcome.status(), outcome.detail());
    if (outcome.isTaken()) {
      return before.attempted(State.DELIVERED, now, answer);
    }
    if (outcome.status() == GONE || before.attempts() + 1 >= ATTEMPTS) {
      return before.attempted(State.FAILED, now, answer);
    }
    return before.attempted(State.PENDING, now.plus(delay(before.attempts(), outcome)), answer);
  }

  private Duration delay(int failuresBefore, Outcome outcome) {
    long planned = DELAYS.get(failuresBefore).toMillis();
    Duration delay = Duration.ofMillis((long) (planned * (1 + JITTER * random.nextDouble())));
    Duration asked = outcome.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(RETRY_AFTER_MAX) > 0) {
      asked = RETRY_AFTER_MAX;
    }
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  private void disable(Transaction tx, Delivery failed, Outcome outcome) {
    String why =
        outcome.status() == GONE
            ? "the receiver answered 410 (Gone)"
            : "message %s was not accepted in %s attempts".formatted(failed.id(), ATTEMPTS);
    tx.webhooks()
        .find(failed.tenant(), failed.webhook())
        .filter(Webhook::isEnabled)
        .ifPresent(
            webhook -> {
              tx.webhooks().put(webhook.disabled(why));
              tx.log(
                  AlertEvent.of(
                      webhook.tenant(),
                      "webhook.disabled",
                      "webhook %s is disabled: %s".formatted(webhook.id(), why),
                      clock.instant()));
            });
  }

  /** Removes messages that were over for longer than {@link #RETENTION}, a page; how many. */
  public CompletableFuture<Integer> prune() {
    return store.write(
        Urgency.CARRY, tx -> tx.webhooks().prune(clock.instant().minus(RETENTION), PAGE));
  }
}
