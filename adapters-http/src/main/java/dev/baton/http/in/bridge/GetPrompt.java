package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.port.TaskRows;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.Leasing;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.RawArray;
import dev.baton.http.in.json.RawObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** {@code GET /getPrompt}: leases what is next, at once or when there is something. */
final class GetPrompt {
  static final int LEASE_SECONDS = 120;
  static final int WAIT_SECONDS_MAX = 300;
  private static final int QUEUES_MAX = 16;

  /**
   * A Custom GPT reads replies of up to 100,000 characters; the rest of them is for what JSON
   * escapes, and for the members beside the prompt.
   */
  private static final int GPT_CHARACTERS = 90_000;

  private static final WorkerId ANONYMOUS = new WorkerId("anonymous");
  private static final List<QueueName> QUEUES = List.of(QueueName.INTEGRATION, QueueName.DEFAULT);

  /** Where browsers and previewers say that nobody asked for this page yet. */
  private static final List<String> PURPOSES =
      List.of("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz");

  private static final Reply NOTHING = Reply.noContent().withHeaders(Replies.NO_STORE);

  private final Leasing leasing;
  private final Models models;
  private final int leaseSecondsMax;

  GetPrompt(Leasing leasing, Models models, int leaseSecondsMax) {
    this.models = requireNonNull(models, "models");
    this.leasing = requireNonNull(leasing, "leasing");
    this.leaseSecondsMax = leaseSecondsMax;
  }

  /** Without HEAD: a probe that looks safe must not take a lease. */
  Route route() {
    return Route.get("/getPrompt", Permission.of("tasks", "work"), this::get, doc()).takingRoom();
  }

  private Reply get(Request request) {
    if (isSpeculative(request)) {
      throw new BatonException(ErrorCode.METHOD_NOT_ALLOWED, "a prefetch must not lease");
    }
    int lease = request.queryInt("leaseSeconds", LEASE_SECONDS, 1, leaseSecondsMax);
    int wait = request.queryInt("waitSeconds", 0, 0, WAIT_SECONDS_MAX);
    boolean several = request.queryString("max").isPresent();
    int max = request.queryInt("max", 1, 1, Leasing.BATCH_MAX);
    LeaseRequest ask =
        new LeaseRequest(
                request.tenant(),
                queues(request),
                models(request),
                worker(request),
                Duration.ofSeconds(lease),
                max)
            .within(request.queryInt("maxChars", TaskRows.ANY_LENGTH, 1, TaskRows.ANY_LENGTH));
    CompletableFuture<List<LeasedTask>> leased =
        leasing.leaseWhenReady(ask, request.reply()::take, Duration.ofSeconds(wait));
    if (wait > 0) {
      request.onClientGone(() -> leased.cancel(false));
    }
    return Reply.later(
        leased
            .exceptionally(GetPrompt::noneForWhoLeft)
            .thenApply(
                tasks -> {
                  if (!tasks.isEmpty()) {
                    // Nobody but the reader of this reply knows that he holds them.
                    request.reply().onUnsent(() -> leasing.giveBack(request.tenant(), tasks));
                  }
                  return reply(tasks, several);
                }));
  }

  /** A cancelled wait is no error: its caller left, and will not see the answer. */
  private static List<LeasedTask> noneForWhoLeft(Throwable error) {
    if (error instanceof CancellationException) {
      return List.of();
    }
    throw error instanceof CompletionException wrapped ? wrapped : new CompletionException(error);
  }

  private static boolean isSpeculative(Request request) {
    for (String name : PURPOSES) {
      String purpose = request.header(name).orElse("");
      if (purpose.startsWith("prefetch") || purpose.startsWith("preview")) {
        return true;
      }
    }
    // Somebody's page must not take prompts out of the queue of whoever looks at it; a page of the
    // operator's own gets them through his own server.
    return request.isFromOtherSite();
  }

  private static List<QueueName> queues(Request request) {
    Optional<String> names = request.queryString("queue");
    if (names.isEmpty()) {
      return QUEUES;
    }
    String[] each = names.get().split(",", -1);
    Set<QueueName> queues = new LinkedHashSet<>();
    for (String name : each) {
      queues.add(Fields.typed(QueueName.class, name, "query", "queue"));
    }
    if (each.length > QUEUES_MAX) {
      throw FieldErrors.invalid("At most 16 queues", "too_long", "query", "queue");
    }
    return List.copyOf(queues);
  }

  /** Who says what it answers for gets tasks without a model where it is asked for those anyway. */
  private ModelFilter models(Request request) {
    Optional<String> names = request.queryString("model");
    if (names.isEmpty()) {
      return ModelFilter.ANY;
    }
    List<String> each = Arrays.asList(names.get().split(",", -1));
    if (each.size() > TaskClient.MODELS_MAX || !each.stream().allMatch(ModelName::isValid)) {
      throw FieldErrors.invalid(
          "Each of up to %d models should be 1 to 128 characters of A-Z a-z 0-9 . _ : / @ + -"
              .formatted(TaskClient.MODELS_MAX),
          "string_pattern_mismatch",
          "query",
          "model");
    }
    Set<ModelName> served = each.stream().map(ModelName::new).collect(Collectors.toSet());
    boolean unnamed = models.preferred().map(served::contains).orElse(true);
    return ModelFilter.only(served, unnamed);
  }

  private static WorkerId worker(Request request) {
    return request
        .queryString("worker")
        .map(name -> Fields.typed(WorkerId.class, name, "query", "worker"))
        .orElse(ANONYMOUS);
  }

  private static Reply reply(List<LeasedTask> tasks, boolean several) {
    if (tasks.isEmpty()) {
      return NOTHING;
    }
    return several ? severalPrompts(tasks) : onePrompt(tasks.get(0));
  }

  private static Reply onePrompt(LeasedTask task) {
    JsonWriter json = new JsonWriter(expectedLength(task));
    json.open('{');
    prompt(json, task);
    return Reply.encodedJson(200, json.close('}').bytes())
        .withHeaders(
            Map.of(
                "X-Lease-Id", task.leaseId().toString(),
                "X-Attempt", Integer.toString(task.attempt()),
                "X-Lease-Expires-At", Instants.text(task.lease().expiresAt()),
                "Cache-Control", "no-store"));
  }

  private static Reply severalPrompts(List<LeasedTask> tasks) {
    JsonWriter json = new JsonWriter(tasks.stream().mapToInt(GetPrompt::expectedLength).sum());
    json.open('{').name("prompts").open('[');
    for (LeasedTask task : tasks) {
      json.open('{');
      prompt(json, task);
      json.text("leaseId", task.leaseId().toString())
          .raw("attempt", Integer.toString(task.attempt()))
          .text("leaseExpiresAt", Instants.text(task.lease().expiresAt()))
          .close('}');
    }
    return Reply.encodedJson(200, json.close(']').close('}').bytes()).withHeaders(Replies.NO_STORE);
  }

  private static void prompt(JsonWriter json, LeasedTask task) {
    json.text("taskId", task.id().value())
        .text("prompt", Question.text(task.prompt()))
        .raw("meta", task.prompt().metadata().json())
        .text("dedupeKey", DedupeKeys.shown(task.id(), task.row().terms().dedupeKey()));
    Question.write(json, task.prompt(), task.row().terms().model());
  }

  private static int expectedLength(LeasedTask task) {
    int texts = task.prompt().length();
    return 256 + texts + texts / 16;
  }

  @Doc(value = "A prompt that is leased.", name = "BridgeLeasedPrompt")
  private record Prompt(
      @Doc(value = Docs.TASK, example = "0198c0de-5f1a-7c3e-9b52-6a1f0c7d2e44") String taskId,
      @Doc(
              value =
                  "What is asked. Where the task has messages: those as one text, each turn with its"
                      + " role before it; a user's single turn alone.",
              example = "Translate this to French: Hello world")
          String prompt,
      @Doc(value = "As it was put.", example = "{\"locale\":\"fr-FR\"}") RawObject meta,
      @Doc(value = Docs.KEY, example = "greeting") String dedupeKey,
      @Doc("Extension. The model that the task asks for.") Optional<String> model,
      @Doc("Extension. The turns, as the task has them.") Optional<RawArray> messages,
      @Doc("Extension. How the answer is to be made.") Optional<Question.Params> params,
      @Doc("Extension. What else is asked of a model, in OpenAI's words.")
          Optional<RawObject> options,
      @Doc("Extension. Where max was given: the lease.") Optional<String> leaseId,
      @Doc("Extension. Where max was given: counted from 1.") OptionalInt attempt,
      @Doc("Extension. Where max was given: when the lease ends.")
          Optional<Instant> leaseExpiresAt) {}

  /** One schema for both forms, because many generators of clients make no type of a choice. */
  private static Map<String, Object> either() {
    Component one = Components.of(Prompt.class);
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) requireNonNull(one.schema().get().get("properties")))
        .forEach((name, schema) -> members.put((String) name, schema));
    members.put(
        "prompts",
        Schemas.with(
            Schemas.array(one.ref(), Leasing.BATCH_MAX),
            "description",
            "Extension. Where max was given: the prompts, in the order of their rank."));
    members.keySet().removeAll(Set.of("leaseId", "attempt", "leaseExpiresAt"));
    return Map.of(
        "type",
        "object",
        "description",
        "Without max: the members of one prompt; taskId, prompt, meta and dedupeKey are there."
            + " With max: prompts alone.",
        "properties",
        members);
  }

  private RouteDoc doc() {
    return Docs.seed("getPrompt", "Lease the next prompt")
        .description(
            "Leases the next ready prompt to you alone. Answer it with postResponse before the"
                + " lease ends, or it goes to another worker. 204 means that there is none. The"
                + " lease is in the headers X-Lease-Id, X-Attempt and X-Lease-Expires-At.")
        .query(
            "leaseSeconds",
            "How long the prompt is yours, in seconds.",
            Docs.number("Seconds.", 1, leaseSecondsMax, LEASE_SECONDS))
        .query(
            "waitSeconds",
            "Extension. How long to wait for a prompt when there is none. A Custom GPT has to"
                + " stay below 45.",
            Docs.number("Seconds.", 0, WAIT_SECONDS_MAX, 0))
        .query(
            "max",
            "Extension. Leases up to so many at once; the answer is then {\"prompts\": [...]},"
                + " each with its leaseId, attempt and leaseExpiresAt.",
            Schemas.integer("Prompts.", 1, Leasing.BATCH_MAX))
        .query(
            "queue",
            "Extension. The queues to take from, separated by commas, 16 at most. By default"
                + " integration and default.",
            Schemas.string("Queues."))
        .query(
            "model",
            "Extension. The models that you answer for, separated by commas; by default any."
                + " Tasks that name no model go to who answers for the server's first one, or to"
                + " anybody where it has none.",
            Schemas.string("Models."))
        .query(
            "maxChars",
            "Extension. The longest prompt that you can take, in characters; longer ones stay for"
                + " others. Messages count twice, as they come as prompt and as messages. By"
                + " default any.",
            Schemas.integer("Characters.", 1, TaskRows.ANY_LENGTH))
        .gptQuery(
            "maxChars",
            "Always %d: more than 100,000 characters of a reply can't be read."
                .formatted(GPT_CHARACTERS),
            Schemas.with(
                Docs.number("Characters.", 1, TaskRows.ANY_LENGTH, GPT_CHARACTERS),
                "enum",
                List.of(GPT_CHARACTERS)))
        .query(
            "worker",
            "Extension. Who you are, as shown to whoever looks at the task.",
            Schemas.name("A name.", WorkerId.MAX_LENGTH))
        .answer(
            200,
            "A prompt, leased to you; where max was given, one or more.",
            new Component("BridgePrompt", GetPrompt.class, GetPrompt::either).ref())
        .answer(204, "No prompt available")
        .build();
  }
}
