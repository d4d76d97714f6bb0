package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.WebhookClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton webhook redeliver}. */
@Command(
    description = "Queue a message once more, under the id that it has.",
    exitCodeList = {
      "0:the message was queued; its id follows",
      "4:there is no such webhook, or no such message",
      "5:the webhook is disabled",
    })
final class WebhookRedeliverCommand extends ServerCommand {

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  @Parameters(paramLabel = "DELIVERY", arity = "1", description = "The id of the message.")
  private String message = "";

  WebhookRedeliverCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (WebhookClient server = where.webhooks(context)) {
      WebhookText.queued(server.redeliver(id, message)).tell(console);
    }
    return ExitCodes.OK;
  }
}
