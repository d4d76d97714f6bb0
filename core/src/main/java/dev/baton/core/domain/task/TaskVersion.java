package dev.baton.core.domain.task;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;

/**
 * The version of a task: a hash of named values, each with its length, so that no two lists of them
 * run into one. What is absent is left out. A value that is added here changes the version of those
 * tasks that have it, and clients that hold an older one read the task again.
 */
final class TaskVersion {
  private static final int LENGTH = 16;

  private final Hasher hasher = Hashing.sha256().newHasher();

  private TaskVersion() {}

  static String of(TaskRow row, Prompt prompt) {
    TaskVersion version = new TaskVersion();
    version.put(row.leaseState());
    version.put(row.terms());
    version.put(prompt);
    return version.hasher.hash().toString().substring(0, LENGTH);
  }

  private void put(LeaseState leaseState) {
    put("state", leaseState.state().name());
    put("token", leaseState.token());
    put("changedAt", leaseState.changedAt());
  }

  private void put(Terms terms) {
    put("queue", terms.queue().value());
    put("priority", terms.priority().name());
    put("rank", terms.rank());
    put("submittedAt", terms.submittedAt());
    terms.deadline().ifPresent(deadline -> put("deadline", deadline));
    put("maxAttempts", terms.retry().maxAttempts());
    put("backoffBase", terms.retry().backoffBase());
    put("backoffMax", terms.retry().backoffMax());
    terms.gate().ifPresent(gate -> put("gate", gate.value()));
    terms.dedupeKey().ifPresent(this::put);
    terms.model().ifPresent(model -> put("model", model.value()));
    terms.batch().ifPresent(batch -> put("batch", batch.value()));
  }

  private void put(DedupeKey key) {
    put("dedupeKey", key.value());
    put("onlyWhileUnfinished", key.onlyWhileUnfinished());
  }

  private void put(Prompt prompt) {
    put("prompt", prompt.text());
    put("metadata", prompt.metadata().json());
    Parameters parameters = prompt.parameters();
    parameters.messages().ifPresent(messages -> put("messages", messages.json()));
    parameters.temperature().ifPresent(temperature -> put("temperature", temperature));
    parameters.maxTokens().ifPresent(tokens -> put("maxTokens", tokens));
    put("options", parameters.options().json());
    put("stream", parameters.stream());
  }

  private void put(String name, Object value) {
    String text = value.toString();
    hasher.putInt(name.length()).putUnencodedChars(name);
    hasher.putInt(text.length()).putUnencodedChars(text);
  }
}
