package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Task;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /getChunks}: the pieces of a running or finished answer. */
final class GetChunks {
  private final Tasks tasks;

  GetChunks(Tasks tasks) {
    this.tasks = requireNonNull(tasks, "tasks");
  }

  Route route() {
    return Route.get("/getChunks", Permission.of("tasks", "read"), this::get, doc()).withHead();
  }

  private Reply get(Request request) {
    int token = request.queryInt("token", 1, 1, Integer.MAX_VALUE);
    int after = request.queryInt("after", 0, 0, Chunk.MAX_PER_LEASE);
    int max = request.queryInt("max", LeasedWork.CHUNKS_MAX, 1, LeasedWork.CHUNKS_MAX);
    // The status first: who reads "succeeded" here has been given every piece there is.
    return Reply.later(
        Lookups.find(tasks, request)
            .thenCompose(
                task ->
                    tasks
                        .chunks(request.tenant(), task.id(), token, after, max)
                        .thenApply(chunks -> reply(task, chunks))));
  }

  private static Reply reply(Task task, List<Chunk> chunks) {
    Map<String, @Nullable Object> view = Views.status(task.row());
    view.put("chunks", chunks.stream().map(GetChunks::piece).toList());
    return Reply.ok(view).withHeaders(Replies.NO_STORE);
  }

  private static Piece piece(Chunk chunk) {
    return new Piece(chunk.token(), chunk.number(), chunk.text());
  }

  private record Piece(long token, int number, String text) {}

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("getChunks", "Read the pieces of a running answer")
            .description(
                "Extension. The pieces that follow piece `after` of the lease with `token`. When a"
                    + " later lease has begun to answer, its pieces come instead, from the first"
                    + " on, under a higher token: start over.")
            .parameter(new RouteDoc.Parameter("taskId", "query", "The task.", true, Docs.TASK_ID))
            .query(
                "token",
                "The token of the pieces you are reading; 1 at first.",
                Schemas.with(
                    Schemas.integer("Counted from 1.", 1, Integer.MAX_VALUE), "default", 1))
            .query(
                "after",
                "The number of the last piece you have; 0 at first.",
                Schemas.with(Schemas.integer("A piece.", 0, Chunk.MAX_PER_LEASE), "default", 0))
            .query(
                "max",
                "How many pieces to return at most.",
                Schemas.with(
                    Schemas.integer("Pieces.", 1, LeasedWork.CHUNKS_MAX),
                    "default",
                    LeasedWork.CHUNKS_MAX))
            .answer(
                200,
                "The pieces, in order.",
                new Docs.Members()
                    .add("taskId", Docs.TASK_ID)
                    .add("status", Docs.STATUS)
                    .add("chunks", Schemas.array(pieceSchema(), LeasedWork.CHUNKS_MAX))
                    .object("taskId", "status", "chunks"),
                Map.of(
                    "taskId",
                    "a",
                    "status",
                    "leased",
                    "chunks",
                    List.of(Map.of("token", 1, "number", 1, "text", "Bonjour"))));
    Docs.unknown(doc);
    return Docs.invalid(doc).build();
  }

  private static Map<String, Object> pieceSchema() {
    return new Docs.Members()
        .add("token", Schemas.integer("Grows with each lease.", 1, Integer.MAX_VALUE))
        .add("number", Schemas.integer("Counted from 1.", 1, Chunk.MAX_PER_LEASE))
        .add("text", Schemas.string("The piece."))
        .object("token", "number", "text");
  }
}
