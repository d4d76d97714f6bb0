package dev.baton.cli.shared;

import dev.baton.core.port.BatchServer.Batch;
import java.util.Map;

/** Batches as the commands show them. */
public final class Batches {

  private Batches() {}

  /** A batch for programs. */
  public static Map<String, Object> json(Batch batch) {
    return new Jsons.Members()
        .put("batchId", batch.id().value())
        .put("name", batch.name())
        .put("status", Values.word(batch.state()))
        .put("total", batch.counts().total())
        .put("waiting", batch.counts().waiting())
        .put("leased", batch.counts().leased())
        .put("succeeded", batch.counts().succeeded())
        .put("dead", batch.counts().dead())
        .put("cancelled", batch.counts().cancelled())
        .put("createdAt", batch.createdAt().toString())
        .toMap();
  }

  /** Batches for people, no wider than {@code width}. */
  public static Table<Batch> table() {
    return new Table<Batch>()
        .column("BATCH", Batch::id)
        .column("STATE", batch -> Values.word(batch.state()))
        .column("TOTAL", batch -> batch.counts().total())
        .column("DONE", batch -> batch.counts().succeeded())
        .column("FAILED", batch -> batch.counts().dead() + batch.counts().cancelled())
        .column("LEASED", batch -> batch.counts().leased())
        .column("NAME", Batch::name)
        .column("CREATED", Batch::createdAt);
  }
}
