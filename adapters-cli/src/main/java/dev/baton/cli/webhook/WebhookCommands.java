package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.cli.shared.ItemCommand.Kind;
import dev.baton.cli.shared.ItemCommand.Told;
import dev.baton.cli.shared.ServerCommand.Words;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.TableCommand.Shape;
import dev.baton.core.client.WebhookClient.Hook;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton webhook}. */
public final class WebhookCommands {

  private static final Kind<String> WEBHOOK = new Kind<>("WEBHOOK", String.class);
  private static final String NOT_FOUND = "4:there is no such webhook";

  private WebhookCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", list(context));
    commands.put("show", show(context));
    commands.put("add", new WebhookAddCommand(context));
    commands.put("edit", new WebhookEditCommand(context));
    commands.put("test", test(context));
    commands.put("deliveries", new WebhookDeliveriesCommand(context));
    commands.put("redeliver", new WebhookRedeliverCommand(context));
    commands.put("delete", delete(context));
    return Group.of("webhook", "Webhooks: who is told of what happens.", commands);
  }

  private static Object list(CliContext context) {
    Table<Hook> table =
        new Table<Hook>()
            .column("WEBHOOK", Hook::id)
            .column("STATE", WebhookText::state)
            .column("URL", Hook::url)
            .column("EVENTS", hook -> String.join(",", WebhookText.topics(hook)))
            .column("CREATED", Hook::createdAt);
    return TableCommand.paged(
        context,
        "List webhooks, oldest first.",
        new Shape<>("webhooks", "no webhooks", hook -> WebhookText.json(hook).toMap(), table),
        (server, page) -> server.webhooks().list(page));
  }

  private static Object show(CliContext context) {
    return WEBHOOK.reading(
        context,
        Words.of("Show a webhook, but for its secret.", "0:the webhook was shown", NOT_FOUND),
        (server, id) -> {
          Hook hook = server.webhooks().find(id);
          return Told.shown(WebhookText.json(hook).toMap(), WebhookText.text(hook));
        });
  }

  private static Object test(CliContext context) {
    return WEBHOOK.command(
        context,
        Words.of(
            "Queue a message of type webhook.test, to try the receiver.",
            "0:the message was queued; its id follows",
            NOT_FOUND,
            "5:the webhook is disabled"),
        (server, id) -> WebhookText.queued(server.webhooks().test(id)));
  }

  private static Object delete(CliContext context) {
    return WEBHOOK.asking(
        context,
        Words.of(
            "Delete a webhook with what was to be sent to it; asks first.",
            "0:the webhook was deleted",
            NOT_FOUND),
        (server, id) ->
            "delete the webhook to %s with what waits for it"
                .formatted(server.webhooks().find(id).url()),
        (server, id) -> {
          Hook hook = server.webhooks().find(id);
          server.webhooks().delete(id);
          return Told.done(WebhookText.json(hook).toMap(), "webhook " + id + " was deleted");
        });
  }
}
