package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.client.WebhookClient.Hook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton webhook list}. */
@Command(description = "List webhooks, oldest first.")
final class WebhookListCommand extends TableCommand<Hook> {
  @Mixin private final PageOption page = new PageOption();

  WebhookListCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "webhooks",
            "no webhooks",
            hook -> WebhookText.json(hook).toMap(),
            new Table<Hook>()
                .column("WEBHOOK", Hook::id)
                .column("STATE", WebhookText::state)
                .column("URL", Hook::url)
                .column("EVENTS", hook -> String.join(",", WebhookText.topics(hook)))
                .column("CREATED", Hook::createdAt)));
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (WebhookClient server = where.reading().webhooks(context)) {
      return show(() -> server.list(index));
    }
  }
}
