package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Values;
import dev.baton.cli.shared.Watch;
import dev.baton.core.port.WebhookServer;
import dev.baton.core.port.WebhookServer.Message;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton webhook deliveries}. */
@Command(
    description = "List a webhook's messages, newest first, and what its receiver said last.",
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      "0:the list was printed, which may be empty",
      ExitCodes.USAGE_LINE,
      "4:there is no such webhook",
      ExitCodes.NO_INPUT_LINE,
      ExitCodes.UNAVAILABLE_LINE,
      ExitCodes.IN_USE_LINE,
      ExitCodes.REFUSED_LINE
    })
final class WebhookDeliveriesCommand extends ServerCommand {
  @Mixin private final PageOption page = new PageOption();
  @Mixin private final Watch watch = new Watch();

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  WebhookDeliveriesCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (WebhookServer server = where.webhooks(context)) {
      watch.show(context, talk, () -> print(server.deliveries(id, index)));
    }
    return ExitCodes.OK;
  }

  private void print(List<Message> messages) {
    if (talk.json()) {
      talk.print(
          new Jsons.Members()
              .put("deliveries", messages.stream().map(WebhookText::json).toList())
              .toMap());
    } else if (messages.isEmpty()) {
      talk.say("no deliveries");
    } else {
      talk.print(
          new Table<Message>()
              .column("DELIVERY", Message::id)
              .column("STATE", message -> Values.word(message.state()))
              .column("EVENT", Message::topic)
              .column("ATTEMPTS", Message::attempts)
              .column("LAST ANSWER", WebhookText::last)
              .column("AT", Message::at)
              .text(messages, context.around().width()));
    }
  }
}
