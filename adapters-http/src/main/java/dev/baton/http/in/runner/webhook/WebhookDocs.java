package dev.baton.http.in.runner.webhook;

import static dev.baton.http.in.api.Schemas.array;
import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.integer;
import static dev.baton.http.in.api.Schemas.string;

import dev.baton.core.usecase.webhook.WebhookDeliveries;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Docs.Members;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.task.TaskDocs;
import java.util.List;
import java.util.Map;

/** The schemas, examples and pages of webhooks. */
final class WebhookDocs {
  private static final String TAG = "webhooks";
  private static final Map<String, Object> TOPICS =
      array(Docs.words("What it is told of.", WebhookViews.TOPICS), WebhookViews.TOPICS.size());
  private static final Map<String, Object> WEBHOOK =
      new Members()
          .add("id", string("Its id."))
          .add("url", string("Where messages go."))
          .add("events", TOPICS)
          .add("enabled", bool("Whether anything is sent."))
          .add("disabledReason", string("Why nothing is."))
          .add("createdAt", Docs.instant("When it was made."))
          .add("secret", string("Only in the answer that made it, when it was made here."))
          .object("id", "url", "events", "enabled", "createdAt");
  private static final Map<String, Object> EXAMPLE =
      TaskDocs.example(
          "id",
          "wh_0123456789abcdef0123456789abcdef",
          "url",
          "https://your-app.com/webhook",
          "events",
          List.of("task.completed"),
          "enabled",
          true,
          "createdAt",
          Docs.TIME);
  private static final Map<String, Object> DELIVERY =
      new Members()
          .add("id", string("The webhook-id of the message, the same with each attempt."))
          .add("webhookId", string("The webhook."))
          .add("event", string("The type of the message."))
          .add("status", Docs.words("Where it is.", WebhookViews.STATES))
          .add("attempts", integer("Made so far.", 0, WebhookDeliveries.ATTEMPTS))
          .add("createdAt", Docs.instant("When it was written down."))
          .add("nextAttemptAt", Docs.instant("When it is tried next."))
          .add("endedAt", Docs.instant("When it was taken or given up."))
          .add(
              "lastAnswer",
              new Members()
                  .add("status", integer("Of HTTP; 0 without an answer.", 0, 599))
                  .add("detail", string("Its beginning, or why there was none."))
                  .object("status", "detail"))
          .object("id", "webhookId", "event", "status", "attempts", "createdAt");
  private static final Map<String, Object> DELIVERY_EXAMPLE =
      TaskDocs.example(
          "id",
          "msg_0123456789abcdef0123456789abcdef",
          "webhookId",
          "wh_0123456789abcdef0123456789abcdef",
          "event",
          "task.completed",
          "status",
          "pending",
          "attempts",
          0,
          "createdAt",
          Docs.TIME,
          "nextAttemptAt",
          Docs.TIME);

  private WebhookDocs() {}

  private static Members fields() {
    return new Members()
        .add("url", string("Where messages go: HTTPS, and no private address."))
        .add("events", TOPICS)
        .add(
            "secret",
            string(
                "Signs messages: a text of %s to %s bytes, or whsec_ and Base64."
                    .formatted(Webhooks.SECRET_TEXT_MIN, Webhooks.SECRET_BYTES_MAX)));
  }

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The webhook.");
    return Docs.refused(
        doc, 404, "WEBHOOK_NOT_FOUND", "there is no such webhook.", "there is no such webhook");
  }

  private static RouteDoc.Builder disabled(RouteDoc.Builder doc) {
    return Docs.refused(
        unknown(doc),
        409,
        "INVALID_STATE",
        "the webhook is disabled.",
        "the webhook is disabled: its owner asked for it");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "createWebhook", "Create a webhook")
            .description(
                "Extension. Tells a URL what happens from now on, with signatures of Standard"
                    + " Webhooks. Without a secret one is made, and shown once.")
            .body(
                fields().object("url", "events"),
                TaskDocs.example(
                    "url",
                    "https://your-app.com/webhook",
                    "events",
                    List.of("task.completed", "batch.finished", "system.alert"),
                    "secret",
                    "your-webhook-secret"));
    Docs.idempotent(doc);
    Docs.answer(doc, 201, WEBHOOK, EXAMPLE, "Webhook created");
    return Docs.invalid(doc).build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listWebhooks", "List webhooks")
            .description("Extension. All webhooks, page by page.");
    PageRequest.document(doc, List.of("createdAt"));
    return Docs.answer(
            doc,
            200,
            new Members()
                .add("webhooks", array(WEBHOOK, PageRequest.LIMIT_MAX))
                .add("pagination", Docs.PAGINATION)
                .object("webhooks", "pagination"),
            TaskDocs.example("webhooks", List.of(EXAMPLE), "pagination", Docs.PAGINATION_EXAMPLE),
            "")
        .build();
  }

  static RouteDoc get() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "getWebhook", "Get a webhook")
            .description("Extension. Never shows the secret.");
    return Docs.answer(unknown(doc), 200, WEBHOOK, EXAMPLE, "").build();
  }

  static RouteDoc edit() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "updateWebhook", "Change a webhook")
            .description("Extension. Enabling it lets its waiting messages be sent.")
            .body(
                fields().add("enabled", bool("Whether anything is sent.")).object(),
                TaskDocs.example("enabled", true));
    Docs.answer(unknown(doc), 200, WEBHOOK, EXAMPLE, "Webhook updated");
    return Docs.invalid(doc).build();
  }

  static RouteDoc delete() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "deleteWebhook", "Delete a webhook")
            .description("Extension. What was to be sent to it goes with it.");
    return Docs.done(unknown(doc), "Webhook deleted").build();
  }

  static RouteDoc test() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "testWebhook", "Try a webhook")
            .description("Extension. Sends it a message of type webhook.test.");
    return Docs.answer(disabled(doc), 200, DELIVERY, DELIVERY_EXAMPLE, "Test message queued")
        .build();
  }

  static RouteDoc deliveries() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listDeliveries", "List what was sent to a webhook")
            .description("Extension. Newest first; what ended is kept for three days.");
    PageRequest.document(unknown(doc), List.of("createdAt"));
    return Docs.answer(
            doc,
            200,
            new Members()
                .add("deliveries", array(DELIVERY, PageRequest.LIMIT_MAX))
                .add("pagination", Docs.PAGINATION)
                .object("deliveries", "pagination"),
            TaskDocs.example(
                "deliveries", List.of(DELIVERY_EXAMPLE), "pagination", Docs.PAGINATION_EXAMPLE),
            "")
        .build();
  }

  static RouteDoc redeliver() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "redeliver", "Send a message again")
            .description("Extension. Under the same webhook-id, with all attempts before it.");
    Docs.path(doc, "deliveryId", "The message.");
    return Docs.answer(disabled(doc), 200, DELIVERY, DELIVERY_EXAMPLE, "Queued again").build();
  }
}
