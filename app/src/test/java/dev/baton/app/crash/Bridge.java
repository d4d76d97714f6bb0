package dev.baton.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Recorder.ServerDownException;
import dev.baton.app.crash.Recorder.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seed 1's dialect as its clients speak it; each call is recorded. Not thread-safe. */
final class Bridge {
  private final Recorder recorder;

  Bridge(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * A prompt to put.
   *
   * @param taskId chosen by the submitter, or null
   * @param key or null
   * @param delaySeconds 0 for none
   * @param attemptsMax 0 for no bound
   */
  record Prompt(
      String text,
      @Nullable String taskId,
      @Nullable String key,
      String priority,
      int delaySeconds,
      int attemptsMax) {

    static Prompt of(String text) {
      return new Prompt(text, null, null, "normal", 0, 0);
    }

    Prompt withTaskId(String id) {
      return new Prompt(text, id, key, priority, delaySeconds, attemptsMax);
    }

    Prompt withKey(String dedupeKey) {
      return new Prompt(text, taskId, dedupeKey, priority, delaySeconds, attemptsMax);
    }

    private ObjectNode json() {
      ObjectNode json = Recorder.object().put("prompt", text).put("priority", priority);
      if (taskId != null) {
        json.put("taskId", taskId);
      }
      if (key != null) {
        json.put("dedupeKey", key);
      }
      if (delaySeconds != 0) {
        json.put("delaySeconds", delaySeconds);
      }
      if (attemptsMax > 0) {
        json.put("maxAttempts", attemptsMax);
      }
      return json;
    }

    private void describe(Event.Builder event) {
      event
          .task(taskId)
          .key(key)
          .prompt(hash(text))
          .attemptsMax(attemptsMax)
          .line(delaySeconds == 0 ? "integration " + priority : null);
    }
  }

  /** A lease that was granted; {@code until} in microseconds since 1970. */
  record Grant(String taskId, long token, String leaseId, boolean keyed, long until) {}

  Told put(Prompt prompt) throws ServerDownException {
    Told told = recorder.call("/putPrompt", prompt.json());
    recorder.record(
        Op.SUBMIT,
        told,
        event -> {
          prompt.describe(event);
          if (told.isOk()) {
            event.task(told.json().get("taskId").textValue());
          }
        });
    return told;
  }

  Told put(List<Prompt> prompts) throws ServerDownException {
    ObjectNode body = Recorder.object();
    prompts.forEach(prompt -> body.withArray("prompts").add(prompt.json()));
    Told told = recorder.call("/putPrompts", body);
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      int index = i;
      recorder.record(
          Op.SUBMIT,
          told,
          event -> {
            prompt.describe(event);
            if (told.isOk()) {
              JsonNode task = told.json().get("tasks").get(index);
              event.task(task.get("taskId").textValue());
              event.replayed(task.get("replayed").booleanValue());
            }
          });
    }
    return told;
  }

  /** Leases one. */
  Optional<Grant> lease(int leaseSeconds, int waitSeconds) throws ServerDownException {
    Told told =
        recorder.call(
            "/getPrompt?leaseSeconds=%d&waitSeconds=%d&worker=%s"
                .formatted(leaseSeconds, waitSeconds, recorder.proc()),
            null);
    if (told.status() != 200) {
      recorder.record(Op.LEASE, told, event -> {});
      return Optional.empty();
    }
    Wire.Answer answer = requireNonNull(told.answer());
    return Optional.of(
        granted(
            told,
            told.json(),
            answer.header("X-Lease-Id").orElseThrow(),
            Integer.parseInt(answer.header("X-Attempt").orElseThrow()),
            answer.header("X-Lease-Expires-At").orElseThrow()));
  }

  /** Leases up to {@code max}. */
  List<Grant> leaseSeveral(int leaseSeconds, int max) throws ServerDownException {
    Told told =
        recorder.call(
            "/getPrompt?leaseSeconds=%d&max=%d&worker=%s"
                .formatted(leaseSeconds, max, recorder.proc()),
            null);
    List<Grant> grants = new ArrayList<>();
    if (told.status() != 200) {
      recorder.record(Op.LEASE, told, event -> {});
      return grants;
    }
    for (JsonNode prompt : told.json().get("prompts")) {
      grants.add(
          granted(
              told,
              prompt,
              prompt.get("leaseId").textValue(),
              prompt.get("attempt").intValue(),
              prompt.get("leaseExpiresAt").textValue()));
    }
    return grants;
  }

  private Grant granted(Told told, JsonNode task, String leaseId, int attempt, String expiresAt) {
    String id = task.get("taskId").textValue();
    long token = Long.parseLong(leaseId.substring(leaseId.lastIndexOf('~') + 1));
    String key = task.get("dedupeKey").textValue();
    long until = micros(expiresAt);
    recorder.record(
        Op.LEASE,
        told,
        event ->
            event
                .task(id)
                .key(key)
                .token(token)
                .attempt(attempt)
                .until(until)
                .prompt(hash(task.get("prompt").textValue())));
    return new Grant(id, token, leaseId, key.startsWith(Names.KEY), until);
  }

  /** Extends the lease; empty when it could not be. */
  Optional<Grant> extend(Grant grant, int leaseSeconds) throws ServerDownException {
    Told told = recorder.call("/extendLease", lease(grant).put("leaseSeconds", leaseSeconds));
    long until = told.isOk() ? micros(told.json().get("leaseExpiresAt").textValue()) : 0;
    recorder.record(
        Op.EXTEND, told, event -> event.task(grant.taskId()).token(grant.token()).until(until));
    return told.isOk()
        ? Optional.of(
            new Grant(grant.taskId(), grant.token(), grant.leaseId(), grant.keyed(), until))
        : Optional.empty();
  }

  Told release(Grant grant, int delaySeconds) throws ServerDownException {
    ObjectNode body = lease(grant);
    if (delaySeconds > 0) {
      body.put("delaySeconds", delaySeconds);
    }
    return settle(Op.RELEASE, grant, recorder.call("/releasePrompt", body));
  }

  Told fail(Grant grant, boolean retryable, int retryAfterSeconds) throws ServerDownException {
    ObjectNode body = lease(grant).put("retryable", retryable);
    body.putObject("error").put("code", "no_luck").put("message", "the model is out");
    if (retryable) {
      body.put("retryAfterSeconds", retryAfterSeconds);
    }
    return settle(Op.FAIL, grant, recorder.call("/failPrompt", body));
  }

  private Told settle(Op op, Grant grant, Told told) {
    recorder.record(op, told, event -> event.task(grant.taskId()).token(grant.token()));
    return told;
  }

  /** Answers, naming the lease or not. */
  Told complete(Grant grant, boolean named, String content) throws ServerDownException {
    ObjectNode body = Recorder.object().put("taskId", grant.taskId()).put("content", content);
    if (named) {
      body.put("leaseId", grant.leaseId());
    }
    Told told = recorder.call("/postResponse", body);
    recorder.record(
        Op.COMPLETE,
        told,
        event -> event.task(grant.taskId()).token(named ? grant.token() : 0).result(hash(content)));
    return told;
  }

  /** Reads a task: all of it, or just its answer. */
  void read(Op op, String taskId, boolean whole) throws ServerDownException {
    Told told = recorder.call((whole ? "/getTask" : "/getResponse") + "?taskId=" + taskId, null);
    recorder.record(
        op,
        told,
        event -> {
          event.task(taskId);
          if (told.isOk()) {
            JsonNode task = told.json();
            event.status(task.get("status").textValue());
            if (task.has("content")) {
              event.result(hash(task.get("content").textValue()));
            }
            if (task.has("prompt")) {
              event.prompt(hash(task.get("prompt").textValue()));
            }
          }
        });
  }

  /** Whether any task is in this state. */
  boolean any(String status) throws ServerDownException {
    Told told = recorder.call("/listTasks?max=1&state=" + status, null);
    return !told.isOk() || !told.json().get("tasks").isEmpty();
  }

  private static ObjectNode lease(Grant grant) {
    return Recorder.object().put("leaseId", grant.leaseId());
  }

  private static long micros(String instant) {
    return Instant.parse(instant).toEpochMilli() * 1_000;
  }

  static String hash(String text) {
    return Hashing.sha256().hashString(text, UTF_8).toString().substring(0, 16);
  }
}
