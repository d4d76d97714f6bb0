package dev.baton.http.in.runner.webhook;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.usecase.webhook.WebhookService;
import dev.baton.core.usecase.webhook.Webhooks;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Fields;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /webhooks} and what lies under it. */
public final class WebhookRoutes {
  static final String PATH = RunnerContext.PREFIX + "/webhooks";
  static final String WEBHOOK = PATH + "/{id}";
  static final String DELIVERIES = WEBHOOK + "/deliveries";

  private static final List<String> SORTS = List.of("createdAt");

  /** Longer than any that is good, so that a bad one is refused as what it is. */
  private static final int URL_READ_MAX = 8_192;

  private static final int SECRET_READ_MAX = 1_024;
  private static final int TOPICS_MAX = 50;
  private static final int TOPIC_READ_MAX = 100;

  private static final JsonShape NEW =
      JsonShape.builder()
          .text("url", URL_READ_MAX)
          .texts("events", TOPICS_MAX, TOPIC_READ_MAX)
          .text("secret", SECRET_READ_MAX)
          .require("url", "events")
          .build();

  private static final JsonShape EDIT =
      JsonShape.builder()
          .text("url", URL_READ_MAX)
          .texts("events", TOPICS_MAX, TOPIC_READ_MAX)
          .text("secret", SECRET_READ_MAX)
          .bool("enabled")
          .build();

  private final RunnerContext kit;

  public WebhookRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
  }

  public List<Route> routes() {
    return List.of(
        Route.post(PATH, kit.bodies().reading(NEW, this::create), WebhookDocs.create()),
        Route.get(PATH, this::list, WebhookDocs.list()).withHead(),
        Route.get(WEBHOOK, this::get, WebhookDocs.get()).withHead(),
        Route.of("PATCH", WEBHOOK, kit.bodies().reading(EDIT, this::edit), WebhookDocs.edit()),
        Route.of("DELETE", WEBHOOK, this::delete, WebhookDocs.delete()),
        Route.post(WEBHOOK + "/test", kit.bodies().readingNothing(this::test), WebhookDocs.test())
            .withMaxBody(Bodies.SMALL_MAX),
        Route.get(DELIVERIES, this::deliveries, WebhookDocs.deliveries()).withHead(),
        Route.post(
                DELIVERIES + "/{deliveryId}/redeliver",
                kit.bodies().readingNothing(this::redeliver),
                WebhookDocs.redeliver())
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

  private Reply create(Request request, Fields fields) {
    Optional<String> secret = secret(fields);
    Webhooks.NewWebhook asked =
        new Webhooks.NewWebhook(
            fields.values().requiredText("url"), secret, topics(fields).orElseThrow());
    return Reply.later(
        webhooks()
            .create(request.tenant(), asked)
            .thenApply(
                webhook -> {
                  Map<String, Object> data = WebhookViews.webhook(webhook);
                  if (secret.isEmpty()) {
                    // Made here: this is the only time that it is shown.
                    data.put("secret", webhook.secret());
                  }
                  return kit.envelope().created(data, "Webhook created");
                }));
  }

  private static Optional<Set<WebhookTopic>> topics(Fields fields) {
    if (!fields.values().has("events")) {
      return Optional.empty();
    }
    Set<WebhookTopic> topics = EnumSet.noneOf(WebhookTopic.class);
    List<FieldError> wrong = new ArrayList<>();
    List<String> words = fields.values().texts("events");
    for (int i = 0; i < words.size(); i++) {
      List<Object> loc = new ArrayList<>(fields.loc("events"));
      loc.add(i);
      WebhookTopic.of(words.get(i)).ifPresentOrElse(topics::add, () -> wrong.add(unknown(loc)));
    }
    if (!wrong.isEmpty()) {
      throw new FieldErrors(ErrorCode.VALIDATION_FAILED, wrong);
    }
    if (topics.isEmpty()) {
      throw fields.wrong("events", "List should have at least 1 item", "too_short");
    }
    return Optional.of(topics);
  }

  private static FieldError unknown(List<Object> loc) {
    return new FieldError(
        loc, "Input should be one of: " + String.join(", ", WebhookViews.TOPICS), "enum");
  }

  private static Optional<String> secret(Fields fields) {
    Optional<String> secret = fields.values().text("secret");
    if (secret.isPresent() && !Webhooks.isSecret(secret.get())) {
      throw fields.wrong(
          "secret",
          "A secret is a text of %s to %s bytes, or whsec_ and %s to %s bytes in Base64"
              .formatted(
                  Webhooks.SECRET_TEXT_MIN,
                  Webhooks.SECRET_BYTES_MAX,
                  Webhooks.SECRET_BYTES_MIN,
                  Webhooks.SECRET_BYTES_MAX),
          "value_error");
    }
    return secret;
  }

  private Reply shown(Webhook webhook, String message) {
    return kit.envelope().ok(WebhookViews.webhook(webhook), message);
  }

  private Reply get(Request request) {
    return Reply.later(
        webhooks()
            .find(request.tenant(), id(request))
            .thenApply(webhook -> kit.envelope().ok(WebhookViews.webhook(webhook))));
  }

  private Reply list(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return Reply.later(
        webhooks()
            .list(request.tenant(), page.offset(), page.limit())
            .thenApply(
                listed -> {
                  Map<String, Object> data = new LinkedHashMap<>();
                  data.put("webhooks", listed.items().stream().map(WebhookViews::webhook).toList());
                  data.put("pagination", page.view(listed.total()));
                  return kit.envelope().ok(data);
                }));
  }

  private Reply edit(Request request, Fields fields) {
    fields.refuseNull("url", "secret", "events", "enabled");
    Optional<Boolean> enabled =
        fields.values().has("enabled")
            ? Optional.of(fields.values().bool("enabled", true))
            : Optional.empty();
    Webhooks.Edit edit =
        new Webhooks.Edit(fields.values().text("url"), secret(fields), topics(fields), enabled);
    return Reply.later(
        webhooks()
            .edit(request.tenant(), id(request), edit)
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
            .thenApply(
                sent -> kit.envelope().ok(WebhookViews.delivery(sent), "Test message queued")));
  }

  private Reply deliveries(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return Reply.later(
        webhooks()
            .deliveries(request.tenant(), id(request), page.offset(), page.limit())
            .thenApply(
                listed -> {
                  Map<String, Object> data = new LinkedHashMap<>();
                  data.put(
                      "deliveries", listed.items().stream().map(WebhookViews::delivery).toList());
                  data.put("pagination", page.view(listed.total()));
                  return kit.envelope().ok(data);
                }));
  }

  private Reply redeliver(Request request) {
    return Reply.later(
        webhooks()
            .redeliver(request.tenant(), id(request), request.pathParameter("deliveryId"))
            .thenApply(again -> kit.envelope().ok(WebhookViews.delivery(again), "Queued again")));
  }
}
