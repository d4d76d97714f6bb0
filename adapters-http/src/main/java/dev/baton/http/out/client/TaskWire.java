package dev.baton.http.out.client;

import com.google.common.hash.Hashing;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All of a task, as {@code /getTask} sends it. */
record TaskWire(
    String taskId,
    String queue,
    String status,
    String priority,
    String prompt,
    RawJson meta,
    String dedupeKey,
    @Nullable String model,
    @Nullable String batchId,
    Instant submittedAt,
    int attempts,
    @Nullable Integer maxAttempts,
    @Nullable Instant deadline,
    @Nullable Instant startAt,
    Wire.@Nullable LeaseOf lease,
    Wire.@Nullable ProgressOf progress,
    @Nullable String content,
    Wire.@Nullable UsageOf usage,
    @Nullable String traceId,
    Wire.@Nullable ErrorOf error,
    @Nullable Instant completedAt,
    List<Wire.Past> history,
    Wire.@Nullable Past answeredBy,
    List<Wire.OtherAnswer> alternatives,
    Wire.@Nullable Waiting waiting) {

  TaskView toCore() {
    return new TaskView(
        new TaskId(taskId),
        Wire.prompt(prompt, meta),
        terms(),
        new TaskView.Run(
            attempts,
            Optional.ofNullable(startAt),
            Optional.ofNullable(lease).map(Wire.LeaseOf::toCore),
            Optional.ofNullable(progress).map(Wire.ProgressOf::toCore)),
        new Wire.Answer(status, content, usage, traceId, error, completedAt).toCore(),
        Stream.concat(history.stream(), Stream.ofNullable(answeredBy))
            .map(Wire.Past::toCore)
            .toList(),
        alternatives.stream().map(Wire.OtherAnswer::toCore).toList(),
        Optional.ofNullable(waiting).map(Wire.Waiting::toCore));
  }

  private TaskView.Terms terms() {
    return new TaskView.Terms(
        new QueueName(queue),
        Wire.constant(Priority.class, priority),
        submittedAt,
        Optional.ofNullable(deadline),
        Optional.ofNullable(maxAttempts),
        Optional.of(dedupeKey).filter(key -> !key.equals(keyOfNoKey())),
        Optional.ofNullable(model).map(ModelName::new),
        Optional.ofNullable(batchId).map(BatchId::new));
  }

  /** The dialect shows the hash of the task's id where the submitter gave no key. */
  private String keyOfNoKey() {
    return Hashing.sha256().hashString(taskId, StandardCharsets.UTF_8).toString();
  }
}
