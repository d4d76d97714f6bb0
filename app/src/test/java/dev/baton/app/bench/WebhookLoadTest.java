package dev.baton.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.port.WebhookSender;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebhookLoadTest {
  private static final int MESSAGES = 600;

  @TempDir private Path directory;
  private final WebhookLedger ledger = new WebhookLedger();

  private WebhookLoad load(UnaryOperator<WebhookSender> around) {
    StoreOptions options = StoreOptions.DEFAULT.withPowerLossSafe(false).withLowWater(0);
    return new WebhookLoad(
        SqlStores.open(directory.resolve("test.db"), options), 100, ledger, around);
  }

  @Test
  void everyMessage_isTaken_whateverTheReceiverDoes() throws Exception {
    WebhookLoad.Storm storm = load(UnaryOperator.identity()).run(MESSAGES, Duration.ofMinutes(3));

    assertThat(ledger.complaints()).isEmpty();
    assertThat(storm.requests()).isGreaterThan(MESSAGES);
  }

  @Test
  void messageThatTheSenderForgets_isMissed() throws Exception {
    load(Forgetful::new).run(MESSAGES, Duration.ofSeconds(20));

    assertThat(ledger.complaints())
        .singleElement()
        .asString()
        .startsWith("lost 1 of " + MESSAGES + ", such as [task.");
  }

  /** Says of one message that it was taken, and does not send it. */
  private record Forgetful(WebhookSender honest, AtomicInteger sent) implements WebhookSender {
    private static final int FORGOTTEN = 50;

    Forgetful(WebhookSender honest) {
      this(honest, new AtomicInteger());
    }

    @Override
    public void check(String url) {
      honest.check(url);
    }

    @Override
    public String encode(Message message) {
      return honest.encode(message);
    }

    @Override
    public CompletableFuture<Outcome> send(Letter letter) {
      return sent.incrementAndGet() == FORGOTTEN
          ? CompletableFuture.completedFuture(new Outcome(204, "", Optional.empty()))
          : honest.send(letter);
    }

    @Override
    public void close() {
      honest.close();
    }
  }
}
