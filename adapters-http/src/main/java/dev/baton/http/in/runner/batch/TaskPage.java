package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.joining;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A page of a batch's tasks that is longer than its texts may be in memory at once: sent part by
 * part, so that a page by number loses no task to a bound in bytes. A task that is removed
 * meanwhile is left out.
 */
final class TaskPage {
  private static final String TASKS = "\"tasks\":[";

  private final Batches batches;
  private final TenantId tenant;
  private List<TaskRow> rows;
  private boolean separate;
  private String end;

  private TaskPage(Batches batches, TenantId tenant, List<TaskRow> rows, String end) {
    this.batches = batches;
    this.tenant = tenant;
    this.rows = rows;
    this.end = end;
  }

  /**
   * @param empty the reply as it is without tasks
   * @param first how the first of the rows stand
   */
  static Reply reply(
      Batches batches,
      TenantId tenant,
      Reply.Json empty,
      List<TaskRow> rows,
      List<Batches.Outcome> first) {
    String json = new String(Json.encode(empty.body()), UTF_8);
    int at = json.indexOf(TASKS) + TASKS.length();
    TaskPage page = new TaskPage(batches, tenant, rows, json.substring(at));
    String begin = json.substring(0, at) + page.lines(first);
    return Reply.stream(Reply.JSON_TYPE, new PartStream(begin, page::next)::sendTo);
  }

  private CompletableFuture<Optional<String>> next() {
    if (!rows.isEmpty()) {
      return batches.outcomes(tenant, rows).thenApply(some -> Optional.of(lines(some)));
    }
    Optional<String> rest = Optional.of(end).filter(json -> !json.isEmpty());
    end = "";
    return completedFuture(rest);
  }

  /** Where there are none the first of the rows is gone. */
  private String lines(List<Batches.Outcome> some) {
    rows = rows.subList(Math.max(1, some.size()), rows.size());
    if (some.isEmpty()) {
      return "";
    }
    String lines =
        some.stream()
            .map(outcome -> new String(Json.encode(BatchViews.Task.of(outcome)), UTF_8))
            .collect(joining(","));
    String text = separate ? "," + lines : lines;
    separate = true;
    return text;
  }
}
