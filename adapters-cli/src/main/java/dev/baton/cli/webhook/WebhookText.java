package dev.baton.cli.webhook;

import dev.baton.cli.shared.ItemCommand.Told;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.WebhookClient.Hook;
import dev.baton.core.client.WebhookClient.Message;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks and messages as the commands show them. */
final class WebhookText {

  private WebhookText() {}

  static List<String> topics(Hook hook) {
    return hook.topics().stream().sorted().map(WebhookTopic::word).toList();
  }

  static String state(Hook hook) {
    return hook.disabledFor().isEmpty() ? "enabled" : "disabled";
  }

  static String text(Hook hook) {
    return String.join(
        "\n",
        "webhook: " + hook.id(),
        "url:     " + hook.url(),
        "events:  " + String.join(", ", topics(hook)),
        "state:   " + state(hook) + hook.disabledFor().map(why -> ", since " + why).orElse(""),
        "created: " + hook.createdAt());
  }

  static Jsons.Members json(Hook hook) {
    return new Jsons.Members()
        .put("webhookId", hook.id())
        .put("url", hook.url())
        .put("events", topics(hook))
        .put("enabled", hook.disabledFor().isEmpty())
        .put("disabledReason", hook.disabledFor())
        .put("createdAt", hook.createdAt().toString());
  }

  static Map<String, Object> json(Message message) {
    return new Jsons.Members()
        .put("deliveryId", message.id())
        .put("event", message.topic())
        .put("status", Values.word(message.state()))
        .put("attempts", message.attempts())
        .put("createdAt", message.createdAt().toString())
        .put(isPending(message) ? "nextAttemptAt" : "endedAt", message.at().toString())
        .put("lastStatus", message.last().map(Delivery.Answer::status))
        .put("lastDetail", message.last().map(Delivery.Answer::detail))
        .toMap();
  }

  private static boolean isPending(Message message) {
    return message.state() == Delivery.State.PENDING;
  }

  /** What a receiver said last, in a few words. */
  static String last(Message message) {
    return message.last().map(WebhookText::words).orElse("not tried yet");
  }

  private static String words(Delivery.Answer answer) {
    return answer.status() == 0 ? answer.detail() : (answer.status() + " " + answer.detail());
  }

  /** A message that was queued: its id is the data. */
  static Told queued(Message message) {
    return new Told(
        json(message),
        Optional.of(message.id()),
        Optional.of(
            "queued: a server sends it; 'baton webhook deliveries' tells what became of it"));
  }
}
