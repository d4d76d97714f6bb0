package dev.baton.cli.webhook;

import dev.baton.cli.shared.Terminal;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is said of a webhook when it is made, and when it is changed. */
final class WebhookOptions {
  private static final int SECRET_MAX = 1_024;

  @Option(
      names = "--events",
      paramLabel = "TOPIC",
      split = ",",
      description =
          "Topics such as task.completed,task.failed; all there are when a webhook is added"
              + " without any.")
  private List<WebhookTopic> topics = List.of();

  @Option(
      names = "--secret",
      paramLabel = "TEXT",
      description =
          "Signs what is sent: 16 to 64 bytes, or whsec_ and 24 to 64 bytes in Base64; - reads it"
              + " from standard input, where no list of processes shows it.")
  private Optional<String> secret = Optional.empty();

  /** Empty when none was named. */
  Optional<Set<WebhookTopic>> topics() {
    return topics.isEmpty() ? Optional.empty() : Optional.of(EnumSet.copyOf(topics));
  }

  Optional<String> secret(Terminal terminal) {
    return secret.map(
        text ->
            text.equals("-")
                ? Texts.read(secret, Optional.empty(), terminal, SECRET_MAX).strip()
                : text);
  }
}
