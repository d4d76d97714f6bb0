package dev.baton.http.in.bridge;

import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.Optional;

/** Reads an answer, as one or as one of many. */
final class AnswerReader {
  static final int CONTENT_BYTES_MAX = 16 << 20;
  static final int TRACE_LENGTH_MAX = 1024;

  private static final JsonShape USAGE =
      JsonShape.builder()
          .integer("prompt_tokens", 0, Usage.MAX)
          .integer("completion_tokens", 0, Usage.MAX)
          .integer("total_tokens", 0, Usage.MAX)
          .build();

  static final JsonShape SHAPE =
      JsonShape.builder()
          .text("taskId", Fields.ID_LENGTH_MAX)
          .largeText("content", CONTENT_BYTES_MAX)
          .object("usage", USAGE)
          .text("traceId", TRACE_LENGTH_MAX)
          .text("leaseId", Fields.ID_LENGTH_MAX)
          .text("dedupeKey", DedupeKey.MAX_LENGTH)
          .require("taskId", "content")
          .build();

  private AnswerReader() {}

  static Settlement.Complete read(Fields fields) {
    TaskId id = fields.knownTask();
    Optional<LeaseId> lease = fields.optionalLease();
    if (lease.isPresent() && !lease.get().taskId().equals(id)) {
      throw fields.wrong("leaseId", "Value should be a lease of this task", "value_error");
    }
    Completion completion =
        new Completion(
            fields.values().requiredText("content"),
            fields.values().object("usage").map(AnswerReader::usage),
            fields.values().text("traceId"));
    return new Settlement.Complete(id, lease.map(LeaseId::token), completion);
  }

  private static Usage usage(JsonValues usage) {
    long prompt = usage.integer("prompt_tokens").orElse(0);
    long completion = usage.integer("completion_tokens").orElse(0);
    long total = usage.integer("total_tokens").orElse(Math.min(prompt + completion, Usage.MAX));
    return new Usage(prompt, completion, total);
  }
}
