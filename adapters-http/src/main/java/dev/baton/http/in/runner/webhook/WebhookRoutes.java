package dev.baton.http.in.runner.webhook;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.usecase.webhook.WebhookService;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code /webhooks} and what lies under it. */
public final class WebhookRoutes {
  private static final String PATH = RunnerContext.PREFIX + "/webhooks";
  private static final String WEBHOOK = PATH + "/{id}";
  private static final String DELIVERIES = WEBHOOK + "/deliveries";
  private static final String DISABLED = "the webhook is disabled.";
  private static final List<String> SORTS = List.of("createdAt");

  private final RunnerContext kit;
  private final Resource webhooks;

  public WebhookRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.webhooks = new Resource(kit, "webhooks", "webhooks", "webhook", "WEBHOOK_NOT_FOUND");
  }

  public List<Route> routes() {
    return List.of(create(), list(), get(), edit(), delete(), test(), deliveries(), redeliver());
  }

  private Webhooks webhooks() {
    return kit.baton()
        .webhooks()
        .map(WebhookService::webhooks)
        .orElseThrow(
            () -> new BatonException(ErrorCode.SERVICE_NOT_FOUND, "no webhooks are served here"));
  }

  private static String id(Request request) {
    return request.pathParameter("id");
  }

  private Route create() {
    return webhooks
        .post(PATH, "createWebhook", "Create a webhook")
        .extension(
            "Tells a URL what happens from now on, with signatures of Standard Webhooks. Without a"
                + " secret one is made, and shown once.")
        .answer(201, WebhookView.class, "Webhook created")
        .reading(
            NewWebhook.BODY,
            (request, asked) ->
                webhooks()
                    .create(request.tenant(), asked.toCore())
                    .thenApply(made -> created(made, asked)));
  }

  /** With the secret if it was made here: this is the only time that it is shown. */
  private static WebhookView created(Webhook made, NewWebhook asked) {
    WebhookView view = WebhookView.of(made);
    return asked.secret().isEmpty() ? view.with(made.secret()) : view;
  }

  private Route list() {
    return webhooks
        .get(PATH, "listWebhooks", "List webhooks")
        .extension("All webhooks, page by page.")
        .paged(SORTS)
        .answer(WebhookView.Page.class)
        .from(this::list);
  }

  private CompletableFuture<WebhookView.Page> list(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return webhooks()
        .list(request.tenant(), page.offset(), page.limit())
        .thenApply(
            listed ->
                new WebhookView.Page(
                    listed.items().stream().map(WebhookView::of).toList(),
                    page.pagination(listed.total())));
  }

  private Route get() {
    return webhooks
        .get(WEBHOOK, "getWebhook", "Get a webhook")
        .extension("Never shows the secret.")
        .answer(WebhookView.class)
        .from(request -> webhooks().find(request.tenant(), id(request)).thenApply(WebhookView::of));
  }

  private Route edit() {
    return webhooks
        .patch(WEBHOOK, "updateWebhook", "Change a webhook")
        .extension("Enabling it lets its waiting messages be sent.")
        .answer(200, WebhookView.class, "Webhook updated")
        .reading(
            WebhookEdit.BODY,
            (request, edit) ->
                webhooks()
                    .edit(request.tenant(), id(request), edit.toCore())
                    .thenApply(WebhookView::of));
  }

  private Route delete() {
    return webhooks
        .delete(WEBHOOK, "deleteWebhook", "Delete a webhook")
        .extension("What was to be sent to it goes with it.")
        .done("Webhook deleted", request -> webhooks().delete(request.tenant(), id(request)));
  }

  private Route test() {
    return webhooks
        .post(WEBHOOK + "/test", "testWebhook", "Try a webhook")
        .extension("Sends it a message of type webhook.test.")
        .refused(409, "INVALID_STATE", DISABLED)
        .answer(200, DeliveryView.class, "Test message queued")
        .from(
            request -> webhooks().test(request.tenant(), id(request)).thenApply(DeliveryView::of));
  }

  private Route deliveries() {
    return webhooks
        .get(DELIVERIES, "listDeliveries", "List what was sent to a webhook")
        .extension("Newest first; what ended is kept for three days.")
        .paged(SORTS)
        .answer(DeliveryView.Page.class)
        .from(this::deliveries);
  }

  private CompletableFuture<DeliveryView.Page> deliveries(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return webhooks()
        .deliveries(request.tenant(), id(request), page.offset(), page.limit())
        .thenApply(
            listed ->
                new DeliveryView.Page(
                    listed.items().stream().map(DeliveryView::of).toList(),
                    page.pagination(listed.total())));
  }

  private Route redeliver() {
    return webhooks
        .post(DELIVERIES + "/{deliveryId}/redeliver", "redeliver", "Send a message again")
        .extension("Under the same webhook-id, with all attempts before it.")
        .path("deliveryId", "The message.")
        .refused(409, "INVALID_STATE", DISABLED)
        .answer(200, DeliveryView.class, "Queued again")
        .from(
            request ->
                webhooks()
                    .redeliver(request.tenant(), id(request), request.pathParameter("deliveryId"))
                    .thenApply(DeliveryView::of));
  }
}
