package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.TaskRows.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskClient} behind HTTP, spoken to in seed 1's dialect. Repeats nothing by itself: a
 * call whose outcome is unknown is its caller's to repeat. Thread-safe.
 */
final class HttpTaskClient implements TaskClient {
  private static final int REQUESTS_AT_ONCE = 32;
  private static final Reading<Boolean> OK =
      Reading.value(Boolean.class, "/ok").map(Reading::checked);

  private final Calls calls;

  HttpTaskClient(Calls calls) {
    this.calls = calls;
  }

  @Override
  public List<Receipt> put(List<NewTask> tasks) {
    checkBatch(tasks.size());
    if (tasks.size() == 1 && asksAModel(tasks.get(0))) {
      return List.of(putAlone(tasks.get(0)));
    }
    tasks.forEach(HttpTaskClient::checkPlain);
    return calls.post(
        "/putPrompts",
        Map.of("prompts", tasks.stream().map(Bodies::prompt).toList()),
        Reading.list(Receipt.class, "/tasks"));
  }

  /** Whether it says what only the dialect that knows models has members for. */
  private static boolean asksAModel(NewTask task) {
    return task.model().isPresent() || !task.prompt().parameters().equals(Parameters.NONE);
  }

  /** By its id as a key, so that a repeated call finds the task that an earlier one made. */
  private Receipt putAlone(NewTask task) {
    checkCarried(task);
    if (task.dedupeKey().isPresent()) {
      throw uncarried("a dedupe key can't be sent with a model and its parameters");
    }
    Members body = Bodies.task(task).with("autoExecute", true).with("idempotencyKey", task.id());
    Reading<TaskId> made = Reading.value(TaskId.class, "/data/id");
    // Whether it was there before stands in no member.
    return calls.post("/api/v1/tasks", body.toMap(), made.map(id -> new Receipt(id, false)));
  }

  private static BatonException uncarried(String message) {
    return new BatonException(ErrorCode.VALIDATION_FAILED, message);
  }

  private static void checkCarried(NewTask task) {
    RetryPolicy retry = task.retry().orElse(RetryPolicy.DEFAULT);
    boolean plainBackoff = RetryPolicy.DEFAULT.withMaxAttempts(retry.maxAttempts()).equals(retry);
    boolean untilSuccess = task.dedupeKey().filter(DedupeKey::onlyWhileUnfinished).isPresent();
    if (!plainBackoff
        || untilSuccess
        || task.gate().isPresent()
        || task.idempotencyKey().isPresent()) {
      throw uncarried(
          "gates, idempotency keys, keys until success and own backoffs can't be sent over HTTP");
    }
  }

  private static void checkPlain(NewTask task) {
    checkCarried(task);
    if (asksAModel(task)) {
      throw uncarried("a task that asks for a model or has parameters is sent by itself");
    }
  }

  @Override
  public List<Granted> lease(Ask ask, Duration wait) {
    checkArgument(wait.compareTo(WAIT_MAX) <= 0, "a wait is at most %s", DurationText.of(WAIT_MAX));
    String queues = ask.queues().stream().map(QueueName::value).collect(Collectors.joining(","));
    String path =
        Calls.path(
            "/getPrompt?leaseSeconds=%s&waitSeconds=%s&max=%s&queue=%s&worker=%s",
            seconds(ask.lease()), seconds(wait), ask.max(), queues, ask.worker());
    if (!ask.models().isEmpty()) {
      path +=
          Calls.path(
              "&model=%s",
              ask.models().stream().map(ModelName::value).collect(Collectors.joining(",")));
    }
    if (ask.maxCharacters() != TaskRows.ANY_LENGTH) {
      path += Calls.path("&maxChars=%s", ask.maxCharacters());
    }
    try {
      return calls
          .find(path, wait, Reading.wires(TaskWire.Leased.class, "/prompts"))
          .orElse(List.of());
    } catch (BatonException e) {
      if (Thread.currentThread().isInterrupted()) {
        // The broken connection tells the server to give back what it grants from now on.
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public List<Settled> complete(List<Settlement.Complete> answers) {
    checkBatch(answers.size());
    return calls.post(
        "/postResponses",
        Map.of("responses", answers.stream().map(HttpTaskClient::response).toList()),
        Reading.list(Settled.class, "/results"));
  }

  private static Map<String, @Nullable Object> response(Settlement.Complete answer) {
    Completion completion = answer.completion();
    return new Members()
        .with("taskId", answer.taskId())
        .with("content", completion.content())
        .with("usage", completion.usage())
        .with("traceId", completion.traceId())
        .with("leaseId", answer.token().map(token -> new LeaseId(answer.taskId(), token)))
        .toMap();
  }

  @Override
  public void fail(Settlement.Fail failure) {
    Failure why = failure.failure();
    Members body =
        new Members()
            .with("leaseId", failure.lease())
            .with("error", Map.of("code", why.code(), "message", why.message()))
            .with("retryable", why.retryable())
            .with("retryAfterSeconds", failure.retryAfter().map(HttpTaskClient::seconds));
    boolean unused = calls.post("/failPrompt", body.toMap(), OK);
  }

  @Override
  public void release(Settlement.Release release) {
    boolean unused =
        calls.post(
            "/releasePrompt",
            Map.of("leaseId", release.lease(), "delaySeconds", seconds(release.delay())),
            OK);
  }

  @Override
  public Instant extend(LeaseId lease, Duration duration, Optional<Progress> progress) {
    Members body =
        new Members()
            .with("leaseId", lease)
            .with("leaseSeconds", seconds(duration))
            .with("progress", progress);
    return calls.post(
        "/extendLease", body.toMap(), Reading.value(Instant.class, "/leaseExpiresAt"));
  }

  @Override
  public int append(LeaseId lease, Optional<Integer> from, List<String> texts) {
    Members body = new Members().with("leaseId", lease).with("from", from).with("chunks", texts);
    return calls.post("/appendChunks", body.toMap(), Reading.value(Integer.class, "/last"));
  }

  @Override
  public Optional<TaskView> find(TaskId id) {
    return calls.find(
        Calls.path("/getTask?taskId=%s", id), Duration.ZERO, Reading.wire(TaskWire.class, ""));
  }

  @Override
  public Map<TaskId, TaskAnswer> answers(List<TaskId> ids) {
    checkArgument(ids.size() <= BATCH_MAX, "%s tasks at once", BATCH_MAX);
    List<String> paths = ids.stream().map(id -> Calls.path("/getResponse?taskId=%s", id)).toList();
    List<Optional<TaskAnswer>> found =
        calls.findAll(paths, REQUESTS_AT_ONCE, Reading.wire(TaskWire.Answer.class, ""));
    Map<TaskId, TaskAnswer> answers = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      TaskId id = ids.get(i);
      found.get(i).ifPresent(answer -> answers.put(id, answer));
    }
    return answers;
  }

  @Override
  public List<Summary> list(Filter filter, long before, int max, int excerpt) {
    StringBuilder path = new StringBuilder("/listTasks?max=").append(max);
    filter.state().ifPresent(state -> path.append("&state=").append(word(state)));
    filter.queue().ifPresent(queue -> path.append(Calls.path("&queue=%s", queue)));
    if (before != Long.MAX_VALUE) {
      path.append("&before=").append(before);
    }
    if (excerpt > 0) {
      path.append("&excerpt=").append(excerpt);
    }
    return calls.get(path.toString(), Reading.list(Summary.class, "/tasks"));
  }

  @Override
  public TaskState.Kind cancel(TaskId id) {
    return move("/cancelTask", Map.of("taskId", id));
  }

  @Override
  public TaskState.Kind redrive(TaskId id) {
    return move("/redriveTask", Map.of("taskId", id));
  }

  @Override
  public TaskState.Kind edit(TaskId id, Edit edit) {
    if (edit.isOfTheModel()) {
      askOtherwise(id, edit);
    }
    Members body =
        new Members()
            .with("taskId", id)
            .with("prompt", edit.text())
            .with("meta", edit.metadata())
            .with("priority", edit.priority())
            .with("startAt", edit.startAt())
            .with("deadline", edit.deadline());
    return move("/editTask", body.toMap());
  }

  /** In the words of the dialect that knows models, which refuses one that nobody offers. */
  private void askOtherwise(TaskId id, Edit edit) {
    Members body =
        new Members()
            .with("prompt", edit.text())
            .with("model", edit.model())
            .with("messages", edit.asked().messages())
            .with("temperature", edit.asked().temperature())
            .with("maxTokens", edit.asked().maxTokens());
    calls.patch(Calls.path("/api/v1/tasks/%s", id), body.toMap(), Reading.DONE);
  }

  private TaskState.Kind move(String path, Map<String, ?> body) {
    return calls.post(path, body, Reading.value(TaskState.Kind.class, "/status"));
  }

  @Override
  public Tally tally() {
    return calls.get("/metrics", Reading.value(Tally.class, ""));
  }

  @Override
  public void close() {
    calls.close();
  }

  /** The wire counts whole seconds; a little more is kinder than a little less. */
  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void checkBatch(int size) {
    checkArgument(size >= 1 && size <= BATCH_MAX, "1 to %s at once", BATCH_MAX);
  }
}
