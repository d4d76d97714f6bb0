package dev.baton.cli.run;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.NewTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of the input.
 *
 * @param number counted from 1, bad rows included
 * @param line where it begins in the file, counted from 1
 * @param last whether nothing can be read after it
 */
record Row(int number, long line, Optional<Item> item, String problem, boolean last) {

  /**
   * What a good row asks.
   *
   * @param label the row's own id, kept for the output
   */
  record Item(NewTask task, Optional<String> label) {}

  static Row good(int number, long line, Item item) {
    return new Row(number, line, Optional.of(item), "", false);
  }

  static Row bad(int number, long line, String problem, boolean last) {
    return new Row(number, line, Optional.empty(), requireNonNull(problem), last);
  }

  /**
   * The id that this row has in every run of the same name, as long as it says the same: that is
   * what makes a run resumable.
   */
  TaskId taskId(String runName) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String part : parts(runName)) {
      // The lengths keep two rows apart whose parts run together to the same text.
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    return new TaskId("run-" + hasher.hash().toString().substring(0, 40));
  }

  private List<String> parts(String runName) {
    NewTask task = item.orElseThrow().task();
    Parameters how = task.prompt().parameters();
    List<String> parts = new ArrayList<>();
    parts.add(runName);
    parts.add(Integer.toString(number));
    parts.add(task.prompt().text());
    parts.add(task.prompt().metadata().json());
    add(parts, "messages", how.messages().map(Messages::json));
    add(parts, "options", how.options().isEmpty() ? "" : how.options().json());
    add(
        parts,
        "temperature",
        how.temperature().isPresent() ? Double.toString(how.temperature().getAsDouble()) : "");
    add(
        parts,
        "maxTokens",
        how.maxTokens().isPresent() ? Integer.toString(how.maxTokens().getAsInt()) : "");
    add(parts, "stream", how.stream() ? "true" : "");
    add(parts, "model", task.model().map(ModelName::value));
    add(parts, "queue", task.queue().map(QueueName::value));
    add(parts, "priority", task.priority().map(Enum::name));
    add(parts, "attempts", task.retry().map(retry -> retry.maxAttempts()));
    add(parts, "startAt", task.startAt());
    add(parts, "deadline", task.deadline());
    return parts;
  }

  private static void add(List<String> parts, String name, Optional<?> value) {
    add(parts, name, value.<Object>map(said -> said).orElse(""));
  }

  /** What is not said leaves no trace. */
  private static void add(List<String> parts, String name, Object value) {
    String text = value.toString();
    if (!text.isEmpty()) {
      parts.add(name);
      parts.add(text);
    }
  }
}
