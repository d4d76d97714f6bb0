package dev.baton.core.testing;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.WebhookSender;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Sends nothing: remembers what it was given, and answers as it is told. Thread-safe. */
public final class FakeWebhookSender implements WebhookSender {
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private volatile Function<Letter, CompletableFuture<Outcome>> receiver =
      letter -> CompletableFuture.completedFuture(status(204));

  /** A plain answer. */
  public static Outcome status(int status) {
    return status == 0
        ? Outcome.unanswered("nobody there")
        : new Outcome(status, "", Optional.empty());
  }

  /** From now on receivers answer so. */
  public void answers(Function<Letter, CompletableFuture<Outcome>> answers) {
    receiver = answers;
  }

  /** From now on receivers answer with this status; 0 for no answer. */
  public void answers(int status) {
    receiver = letter -> CompletableFuture.completedFuture(status(status));
  }

  /** What was sent, oldest first. */
  public List<Letter> letters() {
    return List.copyOf(letters);
  }

  @Override
  public void check(String url) {
    if (!url.startsWith("https://")) {
      throw new BatonException(ErrorCode.URL_NOT_ALLOWED, "a URL is https");
    }
  }

  @Override
  public String encode(Message message) {
    return message.type() + " " + message.timestamp() + " " + message.data();
  }

  @Override
  public CompletableFuture<Outcome> send(Letter letter) {
    letters.add(letter);
    String path = URI.create(letter.url()).getPath();
    return path.startsWith("/status/")
        ? CompletableFuture.completedFuture(
            status(Integer.parseInt(path.substring("/status/".length()))))
        : receiver.apply(letter);
  }

  @Override
  public void close() {}
}
