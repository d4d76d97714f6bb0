package dev.baton.core.usecase.webhook;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.port.Store.EventListener;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.port.WebhookSender.Letter;
import dev.baton.core.port.WebhookSender.Outcome;
import dev.baton.core.runtime.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends what webhooks are to be told. One thread, named {@code baton-webhooks}, from {@link #start}
 * to {@link #close}; attempts are futures of the sender's. Whatever is under way when the process
 * ends is sent again, under the same id, by the next. Tests call {@link #runOnce} instead.
 * Thread-safe.
 */
public final class WebhookDispatcher implements EventListener, AutoCloseable {
  /** Attempts under way at once, to all receivers. */
  public static final int TOTAL_MAX = 32;

  /** Attempts under way at once to one webhook, so that a stalling one holds up only itself. */
  public static final int EACH_MAX = 8;

  /** How late what is due may be noticed, when nothing happens meanwhile. */
  private static final Duration TICK = Duration.ofMillis(500);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** Pages of the log between two looks at what is due. */
  private static final int PAGES_MAX = 20;

  private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);
  private static final System.Logger LOG = System.getLogger(WebhookDispatcher.class.getName());

  private final WebhookDeliveries mailing;
  private final WebhookSender sender;
  private final InstantSource clock;
  private final InstantSource calendar;
  private final Set<Key> underWay = ConcurrentHashMap.newKeySet();
  private final Multiset<Place> busy = ConcurrentHashMultiset.create();
  private final Loop loop;
  private volatile Optional<String> lastError = Optional.empty();

  /** Only touched by whoever steps. */
  private Instant prunedAt = Instant.EPOCH;

  private int turn;

  private record Place(TenantId tenant, String webhook) {}

  private record Key(Place place, String id) {}

  /** Sends nothing until it is started or stepped. */
  public WebhookDispatcher(
      WebhookDeliveries mailing,
      WebhookSender sender,
      InstantSource clock,
      InstantSource calendar) {
    this.calendar = requireNonNull(calendar, "calendar");
    this.mailing = requireNonNull(mailing, "mailing");
    this.sender = requireNonNull(sender, "sender");
    this.clock = requireNonNull(clock, "clock");
    loop = new Loop("baton-webhooks", TICK, this::round, this::failed);
  }

  /** Begins to work; call once. */
  public void start() {
    loop.start();
  }

  private void round() {
    runOnce();
    lastError = Optional.empty();
  }

  private void failed(Throwable thrown) {
    lastError = Optional.of("the store refused to read or to record deliveries");
    if (!loop.isClosed()) {
      LOG.log(System.Logger.Level.WARNING, "webhook deliveries could not be processed", thrown);
    }
  }

  /** Wakes the thread, where something is due that the log does not tell. */
  public void wake() {
    loop.wake();
  }

  @Override
  public void onEvents(List<LoggedEvent> events) {
    wake();
  }

  /**
   * Reads the log, up to a bound of pages, and begins all attempts that there is room for; does not
   * wait for them.
   */
  public synchronized void runOnce() {
    boolean more = mailing.isBehind().join();
    for (int page = 0; more && page < PAGES_MAX; page++) {
      more = mailing.fanOut().join();
    }
    if (more) {
      wake();
    }
    Instant now = clock.instant();
    if (prunedAt.plus(PRUNE_EVERY).isBefore(now)) {
      prunedAt = now;
      while (mailing.prune().join() == WebhookDeliveries.PAGE) {
        // Page after page.
      }
    }
    sendDue();
  }

  /** Each time another webhook is the first, so that none takes all places for ever. */
  private void sendDue() {
    List<Webhook> open = mailing.open().join();
    turn++;
    for (int i = 0; i < open.size() && underWay.size() < TOTAL_MAX; i++) {
      Webhook webhook = open.get(Math.floorMod(turn + i, open.size()));
      Place place = new Place(webhook.tenant(), webhook.id());
      int busyHere = busy.count(place);
      int room = Math.min(EACH_MAX - busyHere, TOTAL_MAX - underWay.size());
      if (room > 0) {
        mailing.due(webhook, room + busyHere).join().stream()
            .map(WebhookDeliveries.Due::delivery)
            .filter(delivery -> !underWay.contains(new Key(place, delivery.id())))
            .limit(room)
            .forEach(delivery -> send(webhook, place, delivery));
      }
    }
  }

  private void send(Webhook webhook, Place place, Delivery delivery) {
    Key key = new Key(place, delivery.id());
    underWay.add(key);
    busy.add(place);
    Letter letter =
        new Letter(
            webhook.url(),
            webhook.secrets(clock.instant()),
            delivery.id(),
            calendar.instant(),
            delivery.body());
    var unused =
        sender
            .send(letter)
            .exceptionally(failure -> Outcome.unanswered("the attempt failed: " + failure))
            .thenCompose(outcome -> mailing.settle(delivery, outcome))
            .whenComplete(
                (state, refused) -> {
                  busy.remove(place);
                  underWay.remove(key);
                  wake();
                });
  }

  /** What kept it from working when it last looked; empty when all has gone well since. */
  public Optional<String> lastError() {
    return lastError;
  }

  /** How many attempts are under way. */
  public int underWay() {
    return underWay.size();
  }

  /** Ends its thread; attempts that are under way are left to the sender. */
  @Override
  public void close() {
    loop.close(CLOSE_PATIENCE);
  }
}
