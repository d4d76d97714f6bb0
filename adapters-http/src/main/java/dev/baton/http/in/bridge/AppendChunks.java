package dev.baton.http.in.bridge;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.task.Chunk;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /appendChunks}: adds pieces to a running answer. */
final class AppendChunks {
  /** UTF-16 units in one piece: pieces are for reading along, the answer itself may be larger. */
  static final int CHUNK_LENGTH_MAX = 16 << 10;

  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("leaseId", Fields.ID_LENGTH_MAX)
          .integer("from", 1, Chunk.MAX_PER_LEASE)
          .texts("chunks", LeasedWork.CHUNKS_MAX, CHUNK_LENGTH_MAX)
          .require("leaseId", "chunks")
          .build();

  private final LeasedWork holding;

  AppendChunks(LeasedWork holding) {
    this.holding = requireNonNull(holding, "holding");
  }

  Route route() {
    return Route.post(
        "/appendChunks",
        Permission.of("tasks", "work"),
        Bodies.posting(SHAPE, this::append),
        doc());
  }

  private Reply append(Request request, JsonValues body) {
    Fields fields = Fields.of(body);
    List<String> chunks = body.texts("chunks");
    if (chunks.isEmpty()) {
      throw fields.wrong("chunks", "List should have at least 1 item", "too_short");
    }
    Optional<Integer> from =
        body.has("from") ? Optional.of((int) body.integer("from").orElseThrow()) : Optional.empty();
    return Reply.later(
        holding
            .append(request.tenant(), fields.lease(), from, chunks)
            .thenApply(last -> Reply.ok(new Appended(true, last))));
  }

  private record Appended(boolean ok, int last) {}

  private static RouteDoc doc() {
    RouteDoc.Builder doc =
        Docs.extension("appendChunks", "Add pieces to a running answer")
            .description(
                "Extension. For readers who do not want to wait: see getChunks. Pieces are numbered"
                    + " from 1 in each attempt; with from, a repeated call adds nothing twice. The"
                    + " answer itself is still posted at the end.")
            .body(
                new Docs.Members()
                    .add("leaseId", Docs.LEASE_ID)
                    .add(
                        "from",
                        Schemas.integer(
                            "The number of the first piece; the next one by default.",
                            1,
                            Chunk.MAX_PER_LEASE))
                    .add(
                        "chunks",
                        Schemas.array(
                            Schemas.string("A piece.", 0, CHUNK_LENGTH_MAX), LeasedWork.CHUNKS_MAX))
                    .object("leaseId", "chunks"),
                Map.of("leaseId", "a~1", "from", 1, "chunks", List.of("Bonjour", " le monde")))
            .answer(
                200,
                "They are stored.",
                new Docs.Members()
                    .add("ok", Docs.OK)
                    .add("last", Schemas.integer("The last piece stored.", 1, Chunk.MAX_PER_LEASE))
                    .object("ok", "last"),
                Map.of("ok", true, "last", 2));
    Docs.unknown(doc);
    Docs.leaseLost(doc);
    return Docs.invalid(doc).build();
  }
}
