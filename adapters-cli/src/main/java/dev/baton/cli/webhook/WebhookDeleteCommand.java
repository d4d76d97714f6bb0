package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Consent;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Hook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton webhook delete}. */
@Command(
    description = "Delete a webhook with what was to be sent to it; asks first.",
    exitCodeList = {"0:the webhook was deleted", "4:there is no such webhook"})
final class WebhookDeleteCommand extends ServerCommand {
  @Mixin private final Consent consent = new Consent();

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  WebhookDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (WebhookClient server = where.webhooks(context)) {
      Hook hook = server.find(id);
      consent.require(
          "delete the webhook to " + hook.url() + " with what waits for it",
          context.terminal(),
          console);
      server.delete(id);
      if (console.json()) {
        console.print(WebhookText.json(hook).toMap());
      }
      console.say("webhook " + id + " was deleted");
    }
    return ExitCodes.OK;
  }
}
