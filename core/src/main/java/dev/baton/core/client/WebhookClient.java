package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client may ask about webhooks, wherever the Baton runs, for one tenant chosen when it is
 * made.
 *
 * <p><b>Threads:</b> safe for concurrent use. Every call blocks until its effect is durable;
 * messages are sent after that, by the server that has the store open.
 *
 * <p><b>Errors:</b> refusals are {@link BatonException}s with the use case's own {@link ErrorCode},
 * {@link ErrorCode#WEBHOOK_NOT_FOUND} above all; {@link ErrorCode#STORE_UNAVAILABLE} also means
 * that no server answered.
 *
 * <p>Implementations pass {@code WebhookClientContract}.
 */
public interface WebhookClient extends AutoCloseable {
  /** Webhooks or messages on one page. */
  int PAGE = 100;

  /**
   * Makes a webhook. Refused with {@link ErrorCode#URL_NOT_ALLOWED}, with {@link
   * ErrorCode#VALIDATION_FAILED} when the secret is too short or too long, and with {@link
   * ErrorCode#LIMIT_EXCEEDED} when there are too many.
   *
   * @param topics at least one
   * @param secret one is made where there is none
   */
  Added add(String url, Set<WebhookTopic> topics, Optional<String> secret);

  /** Page {@code page}, counted from 0, of all webhooks, oldest first. */
  List<Hook> list(int page);

  /** The webhook as it stands. */
  Hook find(String id);

  /** Changes it; refused as {@link #add} is. */
  Hook change(String id, Change change);

  /** Removes it with what was to be sent to it. */
  void delete(String id);

  /** Queues a message that says nothing; refused with {@link ErrorCode#INVALID_STATE} when off. */
  Message test(String id);

  /** Page {@code page}, counted from 0, of its messages, newest first. */
  List<Message> deliveries(String id, int page);

  /** Queues a message once more, under its id; refused as {@link #test} is. */
  Message redeliver(String id, String message);

  /** Ends what this client holds; never the work. */
  @Override
  void close();

  /**
   * What to change; what is empty stays as it is.
   *
   * @param overlap how long the secret that is replaced signs beside the new one, up to a week; a
   *     day where it is not said
   */
  record Change(
      Optional<String> url,
      Optional<Set<WebhookTopic>> topics,
      Optional<String> secret,
      Optional<Duration> overlap,
      Optional<Boolean> enabled) {
    public Change {
      requireNonNull(url, "url");
      topics = topics.map(Set::copyOf);
      requireNonNull(secret, "secret");
      requireNonNull(overlap, "overlap");
      requireNonNull(enabled, "enabled");
    }
  }

  /**
   * A webhook, without its secret.
   *
   * @param disabledFor why nothing is sent; empty while it is enabled
   */
  record Hook(
      String id,
      String url,
      Set<WebhookTopic> topics,
      Optional<String> disabledFor,
      Instant createdAt) {
    public Hook {
      requireNonNull(id, "id");
      requireNonNull(url, "url");
      topics = Set.copyOf(topics);
      requireNonNull(disabledFor, "disabledFor");
      requireNonNull(createdAt, "createdAt");
    }
  }

  /**
   * A new webhook.
   *
   * @param secret the one that was made for it: nobody is told of it again
   */
  record Added(Hook hook, Optional<String> secret) {
    public Added {
      requireNonNull(hook, "hook");
      requireNonNull(secret, "secret");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Added[" + hook + ']';
    }
  }

  /**
   * One message to one webhook, and how far it came.
   *
   * @param attempts begun so far
   * @param at of a pending one when it is tried next, otherwise when it ended
   * @param last what came of the last attempt
   */
  record Message(
      String id,
      String topic,
      Delivery.State state,
      int attempts,
      Instant createdAt,
      Instant at,
      Optional<Delivery.Answer> last) {
    public Message {
      requireNonNull(id, "id");
      requireNonNull(topic, "topic");
      requireNonNull(state, "state");
      requireNonNull(createdAt, "createdAt");
      requireNonNull(at, "at");
      requireNonNull(last, "last");
    }
  }
}
