package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Change;
import dev.baton.core.client.WebhookClient.Hook;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code baton webhook edit}. */
@Command(
    description = "Change a webhook: what is not named stays as it is.",
    exitCodeList = {
      "0:the webhook was changed",
      "2:wrong usage, or the URL or the secret is refused",
      "4:there is no such webhook",
    })
final class WebhookEditCommand extends ServerCommand {
  private static final Change NOTHING =
      new Change(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @Mixin private final WebhookOptions options = new WebhookOptions();

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  @Option(names = "--url", paramLabel = "URL", description = "Where to send from now on.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--secret-overlap",
      paramLabel = "DURATION",
      description =
          "How long the secret that is replaced signs beside the new one (default: 1d; at most 7d);"
              + " 0s ends it at once, also without --secret.")
  private Optional<Duration> secretOverlap = Optional.empty();

  @Option(
      names = "--enabled",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether anything is sent; what waits is sent once it is true again.")
  private Optional<Boolean> enabled = Optional.empty();

  WebhookEditCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Change change =
        new Change(
            url, options.topics(), options.secret(context.terminal()), secretOverlap, enabled);
    if (change.equals(NOTHING)) {
      throw CommandFailure.usage("name what to change, such as --enabled false");
    }
    try (WebhookClient server = where.webhooks(context)) {
      Hook hook = server.change(id, change);
      if (console.json()) {
        console.print(WebhookText.json(hook).toMap());
      }
      console.say("webhook " + hook.id() + " was changed; it is " + WebhookText.state(hook));
    }
    return ExitCodes.OK;
  }
}
