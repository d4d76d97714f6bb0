package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Added;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton webhook add}. */
@Command(
    description = {
      "Add a webhook: it is told of what happens from now on.",
      "Prints its id and, below it, the secret that was made for it: it is shown only this once."
    },
    exitCodeList = {
      "0:the webhook was added; its id follows, then its secret",
      "2:wrong usage, or the URL or the secret is refused",
    })
final class WebhookAddCommand extends ServerCommand {
  @Mixin private final WebhookOptions options = new WebhookOptions();

  @Parameters(paramLabel = "URL", arity = "1", description = "Where to send, as https://HOST/PATH.")
  private String url = "";

  WebhookAddCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Optional<String> secret = options.secret(context.terminal());
    Set<WebhookTopic> topics = options.topics().orElse(EnumSet.allOf(WebhookTopic.class));
    try (WebhookClient server = where.webhooks(context)) {
      print(server.add(url, topics, secret));
    }
    return ExitCodes.OK;
  }

  private void print(Added added) {
    if (console.json()) {
      console.print(WebhookText.json(added.hook()).put("secret", added.secret()).toMap());
      return;
    }
    console.print(added.hook().id());
    added
        .secret()
        .ifPresent(
            made -> {
              console.print(made);
              console.say("keep the secret, the second line: it is not shown again");
            });
  }
}
