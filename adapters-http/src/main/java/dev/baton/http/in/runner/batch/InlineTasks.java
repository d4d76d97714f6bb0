package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.InvalidRowsException;
import dev.baton.core.domain.error.RowTakenException;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.batch.CreatedBatch;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Problems;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.runner.task.PromptReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** The items of {@code tasks}, in a batch to be made. */
final class InlineTasks {
  /** Tasks that one JSON body may hold; a file may hold more. */
  private static final int MAX = 10_000;

  /** Wrong values that are told of, at most, give or take those of one task. */
  private static final int PROBLEMS_MAX = 20;

  private final PromptReader prompts;

  InlineTasks(PromptReader prompts) {
    this.prompts = requireNonNull(prompts, "prompts");
  }

  /** The tasks of a batch of this configuration. */
  List<NewTask> read(List<JsonValues> given, BatchConfig config) {
    if (given.isEmpty()) {
      throw FieldErrors.invalid("List should have at least 1 item", "too_short", "body", "tasks");
    }
    if (given.size() > MAX) {
      throw new BatonException(
          ErrorCode.BATCH_TOO_LARGE,
          "tasks has at most %d items; a file may have more rows".formatted(MAX));
    }
    Problems problems = new Problems();
    List<NewTask> tasks = new ArrayList<>(given.size());
    for (int i = 0; i < given.size() && !problems.isFull(PROBLEMS_MAX); i++) {
      Fields task = new Fields(given.get(i), List.of("body", "tasks", i));
      problems.reading(() -> prompts.row(task, config).build()).ifPresent(tasks::add);
    }
    problems.check();
    return tasks;
  }

  /** Names of members that mean nothing here. */
  static Set<String> others(List<JsonValues> given) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonValues row : given) {
      if (names.size() < CreatedBatch.OTHERS_MAX) {
        row.others().keySet().stream().filter(TaskInputReader::isUnknown).forEach(names::add);
      }
    }
    return names;
  }

  /** What the core says of rows, said of the items. */
  static Throwable refusal(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof InvalidRowsException rows) {
      return new FieldErrors(
          rows.code(),
          rows.problems().stream().map(row -> item(row.line(), row.message())).toList());
    }
    if (cause instanceof RowTakenException row) {
      return new FieldErrors(row.code(), List.of(item(row.line(), row.problem())));
    }
    return thrown;
  }

  private static FieldError item(long row, String message) {
    return new FieldError(List.of("body", "tasks", row - 1), message, "value_error");
  }
}
