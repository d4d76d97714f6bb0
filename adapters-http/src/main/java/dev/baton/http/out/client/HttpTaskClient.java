package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.baton.core.client.TaskAnswer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.http.out.client.Calls.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A {@link TaskClient} behind HTTP, spoken to in seed 1's dialect. Repeats nothing by itself: a
 * call whose outcome is unknown is its caller's to repeat. Thread-safe.
 */
final class HttpTaskClient implements TaskClient {
  private static final int REQUESTS_AT_ONCE = 32;

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
    Map<String, Object> body = Map.of("prompts", tasks.stream().map(HttpTaskClient::task).toList());
    return calls.post(
        "/putPrompts", body, new Reading<>(Wire.PutTasks.class, Wire.PutTasks::toCore));
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
    Map<String, Object> body = BatchBody.task(task);
    body.put("autoExecute", true);
    task.id().ifPresent(id -> body.put("idempotencyKey", id.value()));
    return calls.post("/api/v1/tasks", body, new Reading<>(Made.class, Made::toCore));
  }

  /** What the reply says of a task; whether it was there before stands in no member. */
  record Made(MadeData data) {
    Receipt toCore() {
      return new Receipt(new TaskId(data.id()), false);
    }
  }

  record MadeData(String id) {}

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

  private static Map<String, Object> task(NewTask task) {
    checkCarried(task);
    if (asksAModel(task)) {
      throw uncarried("a task that asks for a model or has parameters is sent by itself");
    }
    RetryPolicy retry = task.retry().orElse(RetryPolicy.DEFAULT);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("prompt", task.prompt().text());
    body.put("meta", new RawValue(task.prompt().metadata().json()));
    body.put("queue", task.queue().orElse(QueueName.DEFAULT).value());
    task.priority().ifPresent(priority -> body.put("priority", word(priority)));
    task.id().ifPresent(id -> body.put("taskId", id.value()));
    task.dedupeKey().ifPresent(key -> body.put("dedupeKey", key.value()));
    task.startAt().ifPresent(at -> body.put("startAt", at.toString()));
    task.deadline().ifPresent(at -> body.put("deadline", at.toString()));
    if (retry.maxAttempts() != RetryPolicy.UNLIMITED) {
      body.put("maxAttempts", retry.maxAttempts());
    }
    return body;
  }

  @Override
  public List<Granted> lease(Ask ask, Duration wait) {
    checkArgument(wait.compareTo(WAIT_MAX) <= 0, "a wait is at most %s", WAIT_MAX);
    String queues = ask.queues().stream().map(QueueName::value).collect(Collectors.joining(","));
    String path =
        "/getPrompt?leaseSeconds=%d&waitSeconds=%d&max=%d&queue=%s&worker=%s"
            .formatted(
                seconds(ask.lease()),
                seconds(wait),
                ask.max(),
                Calls.encoded(queues),
                Calls.encoded(ask.worker().value()));
    try {
      return calls
          .find(path, wait, new Reading<>(Wire.Granted.class, Wire.Granted::toCore))
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
    Map<String, Object> body =
        Map.of("responses", answers.stream().map(HttpTaskClient::response).toList());
    return calls.post(
        "/postResponses", body, new Reading<>(Wire.Results.class, Wire.Results::toCore));
  }

  private static Map<String, Object> response(Settlement.Complete answer) {
    Completion completion = answer.completion();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("taskId", answer.taskId().value());
    body.put("content", completion.content());
    completion.usage().ifPresent(usage -> body.put("usage", usage(usage)));
    completion.traceId().ifPresent(traceId -> body.put("traceId", traceId));
    answer
        .token()
        .ifPresent(token -> body.put("leaseId", new LeaseId(answer.taskId(), token).toString()));
    return body;
  }

  private static Map<String, Object> usage(Usage usage) {
    return Map.of(
        "prompt_tokens", usage.promptTokens(),
        "completion_tokens", usage.completionTokens(),
        "total_tokens", usage.totalTokens());
  }

  @Override
  public void fail(Settlement.Fail failure) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("leaseId", failure.lease().toString());
    body.put(
        "error", Map.of("code", failure.failure().code(), "message", failure.failure().message()));
    body.put("retryable", failure.failure().retryable());
    failure.retryAfter().ifPresent(rest -> body.put("retryAfterSeconds", seconds(rest)));
    boolean unused = calls.post("/failPrompt", body, Wire.OK);
  }

  @Override
  public void release(Settlement.Release release) {
    Map<String, Object> body =
        Map.of("leaseId", release.lease().toString(), "delaySeconds", seconds(release.delay()));
    boolean unused = calls.post("/releasePrompt", body, Wire.OK);
  }

  @Override
  public Instant extend(LeaseId lease, Duration duration, Optional<Progress> progress) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("leaseId", lease.toString());
    body.put("leaseSeconds", seconds(duration));
    progress.ifPresent(p -> body.put("progress", Map.of("percent", p.percent(), "note", p.note())));
    return calls.post(
        "/extendLease", body, new Reading<>(Wire.Extended.class, Wire.Extended::toCore));
  }

  @Override
  public int append(LeaseId lease, Optional<Integer> from, List<String> texts) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("leaseId", lease.toString());
    from.ifPresent(number -> body.put("from", number));
    body.put("chunks", texts);
    return calls.post(
        "/appendChunks", body, new Reading<>(Wire.Appended.class, Wire.Appended::last));
  }

  @Override
  public Optional<TaskView> find(TaskId id) {
    return calls.find(
        "/getTask?taskId=" + Calls.encoded(id.value()),
        Duration.ZERO,
        new Reading<>(TaskWire.class, TaskWire::toCore));
  }

  @Override
  public Map<TaskId, TaskAnswer> answers(List<TaskId> ids) {
    checkArgument(ids.size() <= BATCH_MAX, "%s tasks at once", BATCH_MAX);
    List<String> paths =
        ids.stream().map(id -> "/getResponse?taskId=" + Calls.encoded(id.value())).toList();
    List<Optional<TaskAnswer>> found =
        calls.findAll(
            paths, REQUESTS_AT_ONCE, new Reading<>(Wire.Answer.class, Wire.Answer::toCore));
    Map<TaskId, TaskAnswer> answers = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      TaskId id = ids.get(i);
      found.get(i).ifPresent(answer -> answers.put(id, answer));
    }
    return answers;
  }

  @Override
  public List<Summary> list(Filter filter, long before, int max) {
    StringBuilder path = new StringBuilder("/listTasks?max=").append(max);
    filter.state().ifPresent(state -> path.append("&state=").append(word(state)));
    filter.queue().ifPresent(queue -> path.append("&queue=").append(Calls.encoded(queue.value())));
    if (before != Long.MAX_VALUE) {
      path.append("&before=").append(before);
    }
    return calls.get(path.toString(), new Reading<>(Wire.Page.class, Wire.Page::toCore));
  }

  @Override
  public TaskState.Kind cancel(TaskId id) {
    return move("/cancelTask", Map.of("taskId", id.value()));
  }

  @Override
  public TaskState.Kind redrive(TaskId id) {
    return move("/redriveTask", Map.of("taskId", id.value()));
  }

  @Override
  public TaskState.Kind edit(TaskId id, Edit edit) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("taskId", id.value());
    edit.text().ifPresent(text -> body.put("prompt", text));
    edit.metadata().ifPresent(metadata -> body.put("meta", new RawValue(metadata.json())));
    edit.priority().ifPresent(priority -> body.put("priority", word(priority)));
    edit.startAt().ifPresent(at -> body.put("startAt", at.toString()));
    edit.deadline().ifPresent(at -> body.put("deadline", at.toString()));
    return move("/editTask", body);
  }

  private TaskState.Kind move(String path, Map<String, Object> body) {
    return calls.post(path, body, new Reading<>(Wire.Moved.class, Wire.Moved::toCore));
  }

  @Override
  public Tally tally() {
    return calls.get("/metrics", new Reading<>(Wire.Counters.class, Wire.Counters::toCore));
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
