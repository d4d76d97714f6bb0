package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.runner.task.TaskViews;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Batches in this dialect's words. */
final class BatchViews {
  static final List<String> STATUSES =
      List.of("pending", "running", "paused", "cancelling", "completed", "failed", "cancelled");

  private BatchViews() {}

  static String status(BatchState state) {
    return switch (state) {
      case IMPORTING, CREATED -> "pending";
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case CANCELLING, DELETING -> "cancelling";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  static Set<BatchState> states(String status) {
    Set<BatchState> states = EnumSet.noneOf(BatchState.class);
    for (BatchState state : BatchState.values()) {
      if (state.isVisible() && status(state).equals(status)) {
        states.add(state);
      }
    }
    return states;
  }

  /** As the seed shows it; pending includes those that run, so that its sum is true. */
  static Map<String, Object> progress(Tally tally) {
    Map<String, Object> progress = new LinkedHashMap<>();
    progress.put("total", tally.total());
    progress.put("completed", tally.succeeded());
    progress.put("failed", tally.dead() + tally.cancelled());
    progress.put("pending", tally.open());
    progress.put("running", tally.leased());
    progress.put("cancelled", tally.cancelled());
    return progress;
  }

  static Map<String, @Nullable Object> line(BatchView view) {
    Batch batch = view.batch();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("id", batch.id().value());
    line.put("name", batch.about().name());
    line.put("status", status(batch.state()));
    line.put("progress", progress(view.tally()));
    line.put("createdAt", Instants.text(batch.about().createdAt()));
    batch.run().finishedAt().ifPresent(at -> line.put("completedAt", Instants.text(at)));
    return line;
  }

  static Map<String, @Nullable Object> batch(BatchView view, List<Batches.Outcome> tasks) {
    Batch batch = view.batch();
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", batch.id().value());
    shown.put("name", batch.about().name());
    if (!batch.about().description().isEmpty()) {
      shown.put("description", batch.about().description());
    }
    shown.put("status", status(batch.state()));
    shown.put("progress", progress(view.tally()));
    shown.put("tasks", tasks.stream().map(BatchViews::task).toList());
    shown.put("config", config(batch.about().config()));
    shown.put("createdAt", Instants.text(batch.about().createdAt()));
    batch.run().startedAt().ifPresent(at -> shown.put("startedAt", Instants.text(at)));
    batch.run().finishedAt().ifPresent(at -> shown.put("completedAt", Instants.text(at)));
    return shown;
  }

  private static Map<String, Object> config(BatchConfig config) {
    Map<String, Object> shown = new LinkedHashMap<>();
    config.model().map(ModelName::value).ifPresent(model -> shown.put("model", model));
    config.temperature().ifPresent(t -> shown.put("temperature", t));
    config.maxTokens().ifPresent(n -> shown.put("maxTokens", n));
    config.maxRetries().ifPresent(n -> shown.put("maxRetries", n));
    shown.put("maxConcurrency", config.maxConcurrency());
    shown.put("priority", config.priority().name().toLowerCase(Locale.ROOT));
    config.deadline().ifPresent(at -> shown.put("deadline", Instants.text(at)));
    shown.put("queue", config.queue().value());
    return shown;
  }

  /** A task within its batch: its result is the answer's text. */
  static Map<String, @Nullable Object> task(Batches.Outcome outcome) {
    Map<String, @Nullable Object> task = new LinkedHashMap<>();
    task.put("id", outcome.row().id().value());
    task.put("status", TaskViews.status(outcome.row().state()));
    task.put(
        "result",
        outcome.result().flatMap(Result::completion).map(Completion::content).orElse(null));
    outcome
        .result()
        .flatMap(Result::failure)
        .ifPresent((Failure failure) -> task.put("error", TaskViews.error(failure)));
    return task;
  }
}
