package dev.baton.http.in.bridge;

import com.google.common.collect.ImmutableMap;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.usecase.task.Settling;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Declared;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer as it is posted; read member by member, because every task brings one. */
@Doc(value = "", name = "BridgeAnswer")
record NewAnswer(
    @Doc(Docs.TASK) @Bounds(max = Docs.ID_LENGTH_MAX) String taskId,
    @Doc("The answer, at most 16 MiB.") @Bounds(max = CONTENT_BYTES_MAX, bytes = true)
        String content,
    @Doc("What it cost. Extension: input_tokens and other APIs' words for it are taken, too.")
        @Declared(TokenCounts.class)
        Optional<JsonValues> usage,
    @Doc("Your own trace id, kept with the answer.") @Bounds(max = TRACE_LENGTH_MAX)
        Optional<String> traceId,
    @Doc("Extension. Refuses a late answer.") Optional<LeaseId> leaseId,
    @Doc("Accepted, and not needed: answers are one per task.") @Bounds(max = DedupeKey.MAX_LENGTH)
        Optional<String> dedupeKey) {
  static final int CONTENT_BYTES_MAX = 16 << 20;
  static final int TRACE_LENGTH_MAX = 1024;
  static final Body<NewAnswer> BODY = Body.of(NewAnswer.class);

  /** Tokens, as a worker counts them; the words of other APIs are taken, too. */
  static final class TokenCounts implements Declared.Declaration {
    private static final Component SCHEMA =
        new Component("BridgeTokens", TokenCounts.class, TokenCounts::described);

    @Override
    public JsonShape shape() {
      JsonShape.Builder shape = JsonShape.builder();
      Usage.words().forEach(word -> shape.integer(word, 0, Usage.MAX));
      return shape.build();
    }

    @Override
    public Map<String, Object> schema() {
      return SCHEMA.ref();
    }

    /** One word for each count: several would be one name in most languages of clients. */
    private static Map<String, Object> described() {
      return Schemas.object(
          ImmutableMap.of(
              "prompt_tokens", Schemas.integer("Tokens read.", 0, Usage.MAX),
              "completion_tokens", Schemas.integer("Tokens written.", 0, Usage.MAX),
              "total_tokens", Schemas.integer("Both together.", 0, Usage.MAX)),
          List.of());
    }
  }

  /** Many of them. */
  @Doc(value = "", name = "BridgeAnswers")
  record Several(
      @Doc("Each taken or refused on its own.") @Bounds(min = 1, max = Settling.BATCH_MAX)
          List<NewAnswer> responses) {
    static final Body<Several> BODY = Body.of(Several.class);
  }

  /** The reply to one. */
  @Doc(value = "", name = "BridgeTaken")
  record Taken(
      @Doc("Always true.") boolean ok,
      @Doc(value = "The version of this API.", example = "v1") String version) {}

  /** The reply to many, in order. */
  @Doc(value = "", name = "BridgeOutcomes")
  record Outcomes(@Doc("In order.") @Bounds(max = Settling.BATCH_MAX) List<Outcome> results) {}

  /** What became of one of many. */
  @Doc(value = "", name = "BridgeOutcome")
  record Outcome(
      @Doc(Docs.TASK) String taskId,
      @Doc("Whether the task has its answer.") boolean ok,
      @Doc("done, replayed, alternative, unknown, lease_lost, cancelled or over.") String status) {}

  static Settlement.Complete read(Fields fields) {
    TaskId id = TaskReads.known(fields.values().requiredText("taskId"));
    Optional<LeaseId> lease = fields.typed("leaseId", LeaseId.class);
    if (lease.isPresent() && !lease.get().taskId().equals(id)) {
      throw fields.wrong("leaseId", "Value should be a lease of this task", "value_error");
    }
    Completion completion =
        new Completion(
            fields.values().requiredText("content"),
            fields.values().object("usage").flatMap(told -> Usage.told(told::integer)),
            fields.values().text("traceId"));
    return new Settlement.Complete(id, lease.map(LeaseId::token), completion);
  }
}
