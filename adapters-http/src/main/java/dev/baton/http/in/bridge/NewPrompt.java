package dev.baton.http.in.bridge;

import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.input.Member;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.usecase.task.Submissions;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.RawObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A prompt with its terms, as it is put; read member by member, see {@link PromptReader}. */
@Doc(value = "", name = "BridgeNewPrompt")
record NewPrompt(
    @Doc("What is asked; not blank, at most 1 MiB.")
        @Bounds(min = 1, max = Member.PROMPT_BYTES_MAX, bytes = true)
        String prompt,
    @Doc(Docs.META) @Bounds(max = Member.METADATA_BYTES_MAX) Optional<RawObject> meta,
    @Doc(Docs.KEY) @Bounds(min = 1, max = DedupeKey.MAX_LENGTH) Optional<String> dedupeKey,
    @Doc(
            "Your own id: A-Z a-z 0-9 . _ : - only, and no reserved name. A repeated put with"
                + " the same id and content returns the same task.")
        @Bounds(min = 1, max = TaskId.MAX_LENGTH, pattern = Schemas.NAME)
        Optional<String> taskId,
    @Doc("Extension. Where it waits.") Optional<QueueName> queue,
    @Doc("Extension. How far ahead of others of its queue it goes; normal by default.")
        Optional<Priority> priority,
    @Doc("Extension. Handed to nobody before this instant.") Optional<Instant> startAt,
    @Doc("Extension. As startAt, from now on.") @Bounds(max = Docs.DELAY_SECONDS_MAX)
        OptionalInt delaySeconds,
    @Doc("Extension. Given up at this instant if it has no answer then.")
        Optional<Instant> deadline,
    @Doc("Extension. Leases until it is given up.") @Bounds(min = 1, max = RetryPolicy.UNLIMITED)
        OptionalInt maxAttempts,
    @Doc("Extension. Return the unfinished task of the same content, if any.")
        Optional<Dedupe> dedupe) {
  static final Body<NewPrompt> BODY = Body.of(NewPrompt.class);

  /** What makes two prompts one. */
  @Doc(value = "", name = "BridgeDedupe")
  enum Dedupe {
    CONTENT
  }

  /** Many of them. */
  @Doc(value = "", name = "BridgeNewPrompts")
  record Several(
      @Doc("In order.") @Bounds(min = 1, max = Submissions.BATCH_MAX) List<NewPrompt> prompts) {
    static final Body<Several> BODY = Body.of(Several.class);
  }

  /** What became of one: where it is stored, now or before. */
  @Doc(value = "", name = "BridgeStored")
  record Stored(
      @Doc(value = Docs.TASK, example = "0198c0de-5f1a-7c3e-9b52-6a1f0c7d2e44") String taskId,
      @Doc(
              value = "The key that it has, or a hash of its id.",
              example = "c8a1f0c7d2e446a1f0c7d2e44c8a1f0c7d2e446a1f0c7d2e44c8a1f0c7d2e446a")
          String dedupeKey) {}

  /** What became of many, in order. */
  @Doc(value = "", name = "BridgeStoredTasks")
  record StoredTasks(
      @Doc("In order.") @Bounds(max = Submissions.BATCH_MAX) List<OneStored> tasks) {}

  /** What became of one of many. */
  @Doc(value = "", name = "BridgeStoredTask")
  record OneStored(
      @Doc(Docs.TASK) String taskId,
      @Doc("The key that it has, or a hash of its id.") String dedupeKey,
      @Doc("Whether it existed before.") boolean replayed) {}
}
