package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.WebhookClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton webhook test}. */
@Command(
    description = "Queue a message of type webhook.test, to try the receiver.",
    exitCodeList = {
      "0:the message was queued; its id follows",
      "4:there is no such webhook",
      "5:the webhook is disabled",
    })
final class WebhookTestCommand extends ServerCommand {

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  WebhookTestCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (WebhookClient server = where.webhooks(context)) {
      WebhookText.queued(server.test(id), console);
    }
    return ExitCodes.OK;
  }
}
