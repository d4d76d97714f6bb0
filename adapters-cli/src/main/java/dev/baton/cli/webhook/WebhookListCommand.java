package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.core.port.WebhookServer;
import dev.baton.core.port.WebhookServer.Hook;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton webhook list}. */
@Command(
    description = "List webhooks, oldest first.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class WebhookListCommand extends ServerCommand {
  @Mixin private final PageOption page = new PageOption();

  WebhookListCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    int index = page.index();
    try (WebhookServer server = where.webhooks(context)) {
      print(server.list(index));
    }
    return ExitCodes.OK;
  }

  private void print(List<Hook> hooks) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("webhooks", hooks.stream().map(hook -> WebhookText.json(hook).toMap()).toList())
              .toMap());
    } else if (hooks.isEmpty()) {
      talk.say("no webhooks");
    } else {
      talk.print(
          new Table<Hook>()
              .column("WEBHOOK", Hook::id)
              .column("STATE", WebhookText::state)
              .column("URL", Hook::url)
              .column("EVENTS", hook -> String.join(",", WebhookText.topics(hook)))
              .column("CREATED", Hook::createdAt)
              .text(hooks, context.around().width()));
    }
  }
}
