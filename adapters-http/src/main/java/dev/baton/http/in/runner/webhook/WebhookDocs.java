package dev.baton.http.in.runner.webhook;

import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.PageRequest;
import java.util.List;

/** What is said of the routes of webhooks. */
final class WebhookDocs {
  private static final String TAG = "webhooks";

  private WebhookDocs() {}

  private static RouteDoc.Builder unknown(RouteDoc.Builder doc) {
    Docs.id(doc, "The webhook.");
    return Docs.refused(doc, 404, "WEBHOOK_NOT_FOUND", "there is no such webhook.");
  }

  private static RouteDoc.Builder disabled(RouteDoc.Builder doc) {
    return Docs.refused(unknown(doc), 409, "INVALID_STATE", "the webhook is disabled.");
  }

  static RouteDoc create() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "createWebhook", "Create a webhook")
            .description(
                "Extension. Tells a URL what happens from now on, with signatures of Standard"
                    + " Webhooks. Without a secret one is made, and shown once.")
            .body(NewWebhook.BODY.schema());
    Docs.answer(doc, 201, WebhookView.class, "Webhook created");
    return Docs.invalid(doc).build();
  }

  static RouteDoc list() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listWebhooks", "List webhooks")
            .description("Extension. All webhooks, page by page.");
    PageRequest.document(doc, List.of("createdAt"));
    return Docs.answer(doc, 200, WebhookView.Page.class, "").build();
  }

  static RouteDoc get() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "getWebhook", "Get a webhook")
            .description("Extension. Never shows the secret.");
    return Docs.answer(unknown(doc), 200, WebhookView.class, "").build();
  }

  static RouteDoc edit() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "updateWebhook", "Change a webhook")
            .description("Extension. Enabling it lets its waiting messages be sent.")
            .body(WebhookEdit.BODY.schema());
    Docs.answer(unknown(doc), 200, WebhookView.class, "Webhook updated");
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
    return Docs.answer(disabled(doc), 200, DeliveryView.class, "Test message queued").build();
  }

  static RouteDoc deliveries() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "listDeliveries", "List what was sent to a webhook")
            .description("Extension. Newest first; what ended is kept for three days.");
    PageRequest.document(unknown(doc), List.of("createdAt"));
    return Docs.answer(doc, 200, DeliveryView.Page.class, "").build();
  }

  static RouteDoc redeliver() {
    RouteDoc.Builder doc =
        Docs.extension(TAG, "redeliver", "Send a message again")
            .description("Extension. Under the same webhook-id, with all attempts before it.");
    Docs.path(doc, "deliveryId", "The message.");
    return Docs.answer(disabled(doc), 200, DeliveryView.class, "Queued again").build();
  }
}
