package dev.baton.http.in.runner.webhook;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.usecase.webhook.WebhookService;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;

/** {@code /webhooks} and what lies under it. */
public final class WebhookRoutes {
  static final String PATH = RunnerContext.PREFIX + "/webhooks";
  static final String WEBHOOK = PATH + "/{id}";
  static final String DELIVERIES = WEBHOOK + "/deliveries";

  private static final List<String> SORTS = List.of("createdAt");

  private final RunnerContext kit;

  public WebhookRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    return List.of(
        Route.post(
                PATH,
                Permission.of("webhooks", "write"),
                kit.bodies().reading(NewWebhook.BODY, this::create),
                WebhookDocs.create())
            .repeatable(),
        Route.get(PATH, Permission.of("webhooks", "read"), this::list, WebhookDocs.list())
            .withHead(),
        Route.get(WEBHOOK, Permission.of("webhooks", "read"), this::get, WebhookDocs.get())
            .withHead(),
        Route.of(
            "PATCH",
            WEBHOOK,
            Permission.of("webhooks", "write"),
            kit.bodies().reading(WebhookEdit.BODY, this::edit),
            WebhookDocs.edit()),
        Route.of(
            "DELETE",
            WEBHOOK,
            Permission.of("webhooks", "write"),
            this::delete,
            WebhookDocs.delete()),
        Route.post(
                WEBHOOK + "/test",
                Permission.of("webhooks", "write"),
                kit.bodies().readingNothing(this::test),
                WebhookDocs.test())
            .repeatable()
            .withMaxBody(Bodies.SMALL_MAX),
        Route.get(
                DELIVERIES,
                Permission.of("webhooks", "read"),
                this::deliveries,
                WebhookDocs.deliveries())
            .withHead(),
        Route.post(
                DELIVERIES + "/{deliveryId}/redeliver",
                Permission.of("webhooks", "write"),
                kit.bodies().readingNothing(this::redeliver),
                WebhookDocs.redeliver())
            .repeatable()
            .withMaxBody(Bodies.SMALL_MAX));
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

  private Reply create(Request request, NewWebhook asked) {
    return Reply.later(
        webhooks()
            .create(request.tenant(), asked.toCore())
            .thenApply(made -> kit.envelope().created(created(made, asked), "Webhook created")));
  }

  /** With the secret if it was made here: this is the only time that it is shown. */
  private static WebhookView created(Webhook made, NewWebhook asked) {
    WebhookView view = WebhookView.of(made);
    return asked.secret().isEmpty() ? view.with(made.secret()) : view;
  }

  private Reply shown(Webhook webhook, String message) {
    return kit.envelope().ok(WebhookView.of(webhook), message);
  }

  private Reply get(Request request) {
    return Reply.later(
        webhooks()
            .find(request.tenant(), id(request))
            .thenApply(webhook -> kit.envelope().ok(WebhookView.of(webhook))));
  }

  private Reply list(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return Reply.later(
        webhooks()
            .list(request.tenant(), page.offset(), page.limit())
            .thenApply(
                listed ->
                    kit.envelope()
                        .ok(
                            new WebhookView.Page(
                                listed.items().stream().map(WebhookView::of).toList(),
                                page.pagination(listed.total())))));
  }

  private Reply edit(Request request, WebhookEdit edit) {
    return Reply.later(
        webhooks()
            .edit(request.tenant(), id(request), edit.toCore())
            .thenApply(webhook -> shown(webhook, "Webhook updated")));
  }

  private Reply delete(Request request) {
    return Reply.later(
        webhooks()
            .delete(request.tenant(), id(request))
            .thenApply(webhook -> kit.envelope().done("Webhook deleted")));
  }

  private Reply test(Request request) {
    return Reply.later(
        webhooks()
            .test(request.tenant(), id(request))
            .thenApply(sent -> kit.envelope().ok(DeliveryView.of(sent), "Test message queued")));
  }

  private Reply deliveries(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return Reply.later(
        webhooks()
            .deliveries(request.tenant(), id(request), page.offset(), page.limit())
            .thenApply(
                listed ->
                    kit.envelope()
                        .ok(
                            new DeliveryView.Page(
                                listed.items().stream().map(DeliveryView::of).toList(),
                                page.pagination(listed.total())))));
  }

  private Reply redeliver(Request request) {
    return Reply.later(
        webhooks()
            .redeliver(request.tenant(), id(request), request.pathParameter("deliveryId"))
            .thenApply(again -> kit.envelope().ok(DeliveryView.of(again), "Queued again")));
  }
}
