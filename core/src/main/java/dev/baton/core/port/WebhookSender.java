package dev.baton.core.port;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries messages to receivers out there.
 *
 * <p><b>Threads:</b> safe for concurrent use; nothing here blocks. Futures complete on a thread of
 * the sender's and never exceptionally: what went wrong is an {@link Outcome}.
 *
 * <p>Implementations pass {@code WebhookSenderContract}.
 */
public interface WebhookSender extends AutoCloseable {

  /**
   * Refuses with {@link ErrorCode#URL_NOT_ALLOWED} a URL that nothing would be sent to, as far as
   * can be told without asking anybody; where a name leads is looked at with each attempt.
   *
   * @throws BatonException when refused
   */
  void check(String url);

  /**
   * The bytes to send, as text: the same for equal messages.
   *
   * @param message of texts, numbers, booleans, maps and lists of these, and of kinds of {@link
   *     TaskEvent} and {@link BatchEvent} and {@link Tally}s, for which the sender has its words
   */
  String encode(Message message);

  /** Makes one attempt, which ends within half a minute whatever the receiver does. */
  CompletableFuture<Outcome> send(Letter letter);

  /** Ends what is under way; safe to call twice. */
  @Override
  void close();

  /** What is told. */
  record Message(String type, Instant timestamp, Map<String, Object> data) {}

  /**
   * One attempt.
   *
   * @param secrets each of which signs, at least one; the newest first
   * @param id the same with each attempt at a message
   * @param at when it is made, which the signature covers
   */
  record Letter(String url, List<String> secrets, String id, Instant at, String body) {
    public Letter {
      secrets = List.copyOf(secrets);
      checkArgument(!secrets.isEmpty(), "a message is signed");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Letter[" + id + " to " + url + ']';
    }
  }

  /**
   * What came of an attempt.
   *
   * @param status of HTTP, 100 to 599; 0 when there was no answer
   * @param detail the beginning of the answer, or why there was none; for the webhook's owner
   * @param retryAfter how long the receiver wants to be left alone
   */
  record Outcome(int status, String detail, Optional<Duration> retryAfter) {

    public static Outcome unanswered(String why) {
      return new Outcome(0, why, Optional.empty());
    }

    public boolean isTaken() {
      return status >= 200 && status < 300;
    }
  }
}
