package dev.baton.core.usecase.webhook;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.port.WebhookSender.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Who is told of what happens, and what became of it. Thread-safe.
 *
 * <p>A webhook is told what is logged after it was made or enabled; its futures complete with
 * {@link ErrorCode#WEBHOOK_NOT_FOUND} where it is not there, with {@link
 * ErrorCode#DELIVERY_NOT_FOUND} where the delivery is not.
 */
public final class Webhooks {
  /** Webhooks of one tenant. */
  public static final int COUNT_MAX = 100;

  /** Webhooks or deliveries on one page. */
  public static final int PAGE_MAX = 1_000;

  /** In front of a secret that is bytes in Base64; any other is the bytes of its text. */
  public static final String SECRET_PREFIX = "whsec_";

  /** Bytes of a secret behind {@link #SECRET_PREFIX}. */
  public static final int SECRET_BYTES_MIN = 24;

  /** Bytes of any secret. */
  public static final int SECRET_BYTES_MAX = 64;

  /** Bytes of a secret that is a text. */
  public static final int SECRET_TEXT_MIN = 16;

  /** The type of messages that were asked for to try a receiver. */
  public static final String TEST_TYPE = "webhook.test";

  /** How long a secret that was replaced signs beside the new one, where nothing else is said. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  public static final Duration OVERLAP_MAX = Duration.ofDays(7);

  private static final int SECRET_BYTES = 32;

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final WebhookSender sender;

  /**
   * @param random must be safe for use by several threads
   */
  public Webhooks(Store store, InstantSource clock, RandomGenerator random, WebhookSender sender) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.sender = requireNonNull(sender, "sender");
  }

  /**
   * What to make.
   *
   * @param secret see {@link #isSecret}; one is made where there is none
   * @param topics at least one
   */
  public record NewWebhook(String url, Optional<String> secret, Set<WebhookTopic> topics) {}

  /**
   * What to change; empty stays as it is.
   *
   * @param overlap how long the secret that is replaced signs as well, up to {@link #OVERLAP_MAX};
   *     {@link #OVERLAP} where it is not said. Without a {@code secret} it is counted for the one
   *     that was replaced last
   */
  public record Edit(
      Optional<String> url,
      Optional<String> secret,
      Optional<Duration> overlap,
      Optional<Set<WebhookTopic>> topics,
      Optional<Boolean> enabled) {}

  /** A page, and how many there are. */
  public record Page<T>(List<T> items, long total) {}

  /** Whether a secret is long enough and, behind {@link #SECRET_PREFIX}, Base64. */
  public static boolean isSecret(String secret) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      int length = secret.getBytes(StandardCharsets.UTF_8).length;
      return length >= SECRET_TEXT_MIN && length <= SECRET_BYTES_MAX;
    }
    try {
      int length = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
      return length >= SECRET_BYTES_MIN && length <= SECRET_BYTES_MAX;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * How sending goes.
   *
   * @param enabled webhooks of the tenant that are sent something
   * @param disabled those that are not, by their owner or because they failed
   * @param pending messages of all tenants that are not over
   * @param oldestDue since when a message of the tenant might have been sent
   */
  public record Outlook(long enabled, long disabled, long pending, Optional<Instant> oldestDue) {}

  public CompletableFuture<Outlook> outlook(TenantId tenant) {
    return store.read(tx -> outlook(tx, tenant, clock.instant()));
  }

  private static Outlook outlook(Transaction tx, TenantId tenant, Instant now) {
    long enabled = 0;
    List<Instant> due = new ArrayList<>();
    for (Webhook webhook : tx.webhooks().enabled()) {
      if (webhook.tenant().equals(tenant)) {
        enabled++;
        tx.webhooks().due(tenant, webhook.id(), now, 1).forEach(first -> due.add(first.nextAt()));
      }
    }
    return new Outlook(
        enabled,
        tx.webhooks().count(tenant) - enabled,
        tx.webhooks().countPending(),
        due.stream().min(Comparator.naturalOrder()));
  }

  /**
   * Makes a webhook. Refused with {@link ErrorCode#URL_NOT_ALLOWED}, and with {@link
   * ErrorCode#LIMIT_EXCEEDED} when the tenant has {@link #COUNT_MAX}.
   */
  public CompletableFuture<Webhook> create(TenantId tenant, NewWebhook asked) {
    checkArgument(
        asked.secret().map(Webhooks::isSecret).orElse(true),
        "the secret is not a valid signing secret");
    String id = WebhookIds.next("wh_", random);
    String secret = asked.secret().orElseGet(this::newSecret);
    return checked(asked.url())
        .thenCompose(
            url ->
                store.write(
                    Urgency.CARRY,
                    tx -> {
                      refuseTooMany(tx, tenant);
                      beginToListen(tx);
                      Webhook webhook =
                          new Webhook(
                              tenant,
                              id,
                              url,
                              secret,
                              asked.topics(),
                              "",
                              clock.instant(),
                              Optional.empty(),
                              tx.events().last());
                      tx.webhooks().put(webhook);
                      return webhook;
                    }));
  }

  /**
   * Makes the webhook of this URL, or gives the one that is there this secret and these topics; its
   * id follows from the URL. One that is disabled stays so. Refused as {@link #create} is.
   *
   * @param asked with a secret
   */
  public CompletableFuture<Webhook> provide(TenantId tenant, NewWebhook asked) {
    String secret = asked.secret().orElseThrow();
    checkArgument(isSecret(secret), "the secret is not a valid signing secret");
    String id = WebhookIds.of(asked.url());
    return checked(asked.url())
        .thenCompose(
            url ->
                store.write(
                    Urgency.CARRY,
                    tx -> {
                      Optional<Webhook> there = tx.webhooks().find(tenant, id);
                      Webhook webhook =
                          new Webhook(
                              tenant,
                              id,
                              url,
                              secret,
                              asked.topics(),
                              there.map(Webhook::disabledFor).orElse(""),
                              there.map(Webhook::createdAt).orElseGet(clock::instant),
                              there.flatMap(old -> previous(old, asked.secret(), Optional.empty())),
                              there.map(Webhook::since).orElseGet(tx.events()::last));
                      if (there.isEmpty()) {
                        refuseTooMany(tx, tenant);
                        beginToListen(tx);
                      }
                      if (!there.equals(Optional.of(webhook))) {
                        tx.webhooks().put(webhook);
                      }
                      return webhook;
                    }));
  }

  private static void refuseTooMany(Transaction tx, TenantId tenant) {
    if (tx.webhooks().count(tenant) >= COUNT_MAX) {
      throw new BatonException(
          ErrorCode.LIMIT_EXCEEDED, "at most %s webhooks are allowed".formatted(COUNT_MAX));
    }
  }

  private CompletableFuture<String> checked(String url) {
    try {
      sender.check(url);
      return CompletableFuture.completedFuture(url);
    } catch (BatonException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** While nobody listens, the log is not read: what it holds is passed over. */
  private static void beginToListen(Transaction tx) {
    if (tx.webhooks().enabled().isEmpty()) {
      tx.webhooks().moveCursor(tx.events().last());
    }
  }

  public CompletableFuture<Webhook> find(TenantId tenant, String id) {
    return store.read(tx -> required(tx, tenant, id));
  }

  private static Webhook required(Transaction tx, TenantId tenant, String id) {
    return tx.webhooks()
        .find(tenant, id)
        .orElseThrow(
            () -> new BatonException(ErrorCode.WEBHOOK_NOT_FOUND, "there is no such webhook"));
  }

  /** A tenant's webhooks, oldest first. */
  public CompletableFuture<Page<Webhook>> list(TenantId tenant, long skip, int max) {
    return store.read(
        tx -> new Page<>(tx.webhooks().list(tenant, skip, max), tx.webhooks().count(tenant)));
  }

  /** Changes a webhook; enabling it lets its waiting messages be sent. */
  public CompletableFuture<Webhook> edit(TenantId tenant, String id, Edit edit) {
    checkArgument(
        edit.secret().map(Webhooks::isSecret).orElse(true),
        "the secret is not a valid signing secret");
    checkArgument(
        edit.overlap()
            .map(time -> !time.isNegative() && time.compareTo(OVERLAP_MAX) <= 0)
            .orElse(true),
        "secrets overlap for up to %s",
        OVERLAP_MAX);
    CompletableFuture<String> url =
        edit.url().map(this::checked).orElseGet(() -> CompletableFuture.completedFuture(""));
    return url.thenCompose(
        good ->
            store.write(
                Urgency.CARRY,
                tx -> {
                  Webhook before = required(tx, tenant, id);
                  boolean heard = before.isEnabled();
                  Webhook edited =
                      edited(before, edit, heard ? before.since() : tx.events().last());
                  if (edited.isEnabled()) {
                    beginToListen(tx);
                  }
                  tx.webhooks().put(edited);
                  return edited;
                }));
  }

  private Webhook edited(Webhook before, Edit edit, long since) {
    String disabledFor =
        edit.enabled()
            .map(on -> on ? "" : before.isEnabled() ? "on request" : before.disabledFor())
            .orElse(before.disabledFor());
    return new Webhook(
        before.tenant(),
        before.id(),
        edit.url().orElse(before.url()),
        edit.secret().orElse(before.secret()),
        edit.topics().orElse(before.topics()),
        disabledFor,
        before.createdAt(),
        previous(before, edit.secret(), edit.overlap()),
        since);
  }

  private Optional<Webhook.Previous> previous(
      Webhook before, Optional<String> secret, Optional<Duration> overlap) {
    boolean replaced = secret.filter(made -> !made.equals(before.secret())).isPresent();
    if (!replaced && overlap.isEmpty()) {
      return before.previous();
    }
    Optional<String> old =
        replaced ? Optional.of(before.secret()) : before.previous().map(Webhook.Previous::secret);
    Instant until = clock.instant().plus(overlap.orElse(OVERLAP)).truncatedTo(ChronoUnit.MILLIS);
    return old.map(was -> new Webhook.Previous(was, until));
  }

  /** Removes a webhook with what was to be sent to it. */
  public CompletableFuture<Webhook> delete(TenantId tenant, String id) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Webhook webhook = required(tx, tenant, id);
          tx.webhooks().remove(tenant, id);
          return webhook;
        });
  }

  /**
   * Sends a message of {@link #TEST_TYPE}; refused with {@link ErrorCode#INVALID_STATE} while the
   * webhook is disabled.
   */
  public CompletableFuture<Delivery> test(TenantId tenant, String id) {
    String message = WebhookIds.next("msg_", random);
    return store.write(
        Urgency.CARRY,
        tx -> {
          Webhook webhook = enabled(tx, tenant, id);
          Instant now = clock.instant();
          String body = sender.encode(new Message(TEST_TYPE, now, Map.of("webhookId", id)));
          Delivery delivery = Delivery.of(webhook, message, TEST_TYPE, body, now);
          tx.webhooks().put(delivery);
          return delivery;
        });
  }

  private static Webhook enabled(Transaction tx, TenantId tenant, String id) {
    Webhook webhook = required(tx, tenant, id);
    if (!webhook.isEnabled()) {
      throw new BatonException(
          ErrorCode.INVALID_STATE, "the webhook is disabled: " + webhook.disabledFor());
    }
    return webhook;
  }

  /** A webhook's deliveries, newest first. */
  public CompletableFuture<Page<Delivery>> deliveries(
      TenantId tenant, String id, long skip, int max) {
    return store.read(
        tx -> {
          required(tx, tenant, id);
          return new Page<>(
              tx.webhooks().deliveries(tenant, id, skip, max),
              tx.webhooks().countDeliveries(tenant, id));
        });
  }

  /** Sends a message once more under its id, with all attempts before it. */
  public CompletableFuture<Delivery> redeliver(TenantId tenant, String id, String message) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          enabled(tx, tenant, id);
          Delivery again =
              tx.webhooks()
                  .delivery(tenant, id, message)
                  .orElseThrow(
                      () ->
                          new BatonException(
                              ErrorCode.DELIVERY_NOT_FOUND,
                              "there is no such delivery of this webhook"))
                  .again(clock.instant());
          tx.webhooks().put(again);
          return again;
        });
  }
}
