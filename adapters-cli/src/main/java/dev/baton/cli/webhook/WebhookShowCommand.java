package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Hook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton webhook show}. */
@Command(
    description = "Show a webhook, but for its secret.",
    exitCodeList = {"0:the webhook was shown", "4:there is no such webhook"})
final class WebhookShowCommand extends ServerCommand {

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  WebhookShowCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    try (WebhookClient server = where.reading().webhooks(context)) {
      Hook hook = server.find(id);
      if (console.json()) {
        console.print(WebhookText.json(hook).toMap());
      } else {
        console.print(text(hook));
      }
    }
    return ExitCodes.OK;
  }

  private static String text(Hook hook) {
    return Texts.harmless(
        String.join(
            "\n",
            "webhook: " + hook.id(),
            "url:     " + hook.url(),
            "events:  " + String.join(", ", WebhookText.topics(hook)),
            "state:   "
                + WebhookText.state(hook)
                + hook.disabledFor().map(why -> ", since " + why).orElse(""),
            "created: " + hook.createdAt()));
  }
}
