package dev.baton.cli.webhook;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton webhook}. */
public final class WebhookCommands {

  private WebhookCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new WebhookListCommand(context));
    commands.put("show", new WebhookShowCommand(context));
    commands.put("add", new WebhookAddCommand(context));
    commands.put("edit", new WebhookEditCommand(context));
    commands.put("test", new WebhookTestCommand(context));
    commands.put("deliveries", new WebhookDeliveriesCommand(context));
    commands.put("redeliver", new WebhookRedeliverCommand(context));
    commands.put("delete", new WebhookDeleteCommand(context));
    return Group.of("webhook", "Webhooks: who is told of what happens.", commands);
  }
}
