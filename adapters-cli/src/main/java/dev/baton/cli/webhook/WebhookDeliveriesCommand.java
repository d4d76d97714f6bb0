package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baton webhook deliveries}. */
@Command(
    description = "List a webhook's messages, newest first, and what its receiver said last.",
    exitCodeList = {"0:the list was printed, which may be empty", "4:there is no such webhook"})
final class WebhookDeliveriesCommand extends TableCommand<Message> {
  @Mixin private final Page page = new Page();

  @Parameters(paramLabel = "WEBHOOK", arity = "1", description = "The webhook's id.")
  private String id = "";

  WebhookDeliveriesCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "deliveries",
            "no deliveries",
            WebhookText::json,
            new Table<Message>()
                .column("DELIVERY", Message::id)
                .column("EVENT", Message::topic)
                .column("LAST ANSWER", WebhookText::last)
                .column("STATE", message -> Values.word(message.state()))
                .column("ATTEMPTS", Message::attempts)
                .column("AT", Message::at)));
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (WebhookClient server = where.reading().webhooks(context)) {
      return show(() -> server.deliveries(id, index));
    }
  }
}
