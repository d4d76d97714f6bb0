package dev.baton.cli.batch;

import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Created;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.domain.batch.BatchConfig;
import java.util.Map;
import java.util.Optional;

/** Batches as the commands show them. */
final class Batches {

  private Batches() {}

  /** A batch for programs. */
  public static Map<String, Object> json(Batch batch) {
    return members(batch).toMap();
  }

  /** A batch that was made, with what was unknown of its rows. */
  public static Map<String, Object> json(Created made) {
    return members(made.batch())
        .put("unknownColumns", Optional.of(made.unknownColumns()).filter(all -> !all.isEmpty()))
        .toMap();
  }

  /** All of a batch for programs. */
  public static Map<String, Object> json(Details details) {
    BatchConfig config = details.config();
    return members(details.batch())
        .put("description", details.description())
        .putText("model", config.model())
        .put("queue", config.queue().value())
        .put("priority", Values.word(config.priority()))
        .put("concurrency", config.maxConcurrency())
        .putText("deadline", config.deadline())
        .put("waiting", details.waiting().map(Jsons::wait))
        .toMap();
  }

  /** What a batch says for its rows, and why nothing of it moves, for people. */
  public static String terms(Details details) {
    BatchConfig config = details.config();
    String terms =
        "%s, queue %s, %s priority, %d at once"
            .formatted(
                config.model().map(model -> "model " + model).orElse("no model named"),
                config.queue(),
                Values.word(config.priority()),
                config.maxConcurrency());
    return details
        .waiting()
        .map(wait -> terms + "%nwaits: ".formatted() + wait.sentence())
        .orElse(terms);
  }

  private static Jsons.Members members(Batch batch) {
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
        .put("createdAt", batch.createdAt().toString());
  }

  /** Batches for people. */
  public static Table<Batch> table() {
    return new Table<Batch>()
        .column("BATCH", Batch::id)
        .column("STATE", batch -> Values.word(batch.state()))
        .column("DONE", batch -> batch.counts().succeeded())
        .column("FAILED", batch -> batch.counts().dead() + batch.counts().cancelled())
        .column("TOTAL", batch -> batch.counts().total())
        .column("LEASED", batch -> batch.counts().leased())
        .column("NAME", Batch::name)
        .column("CREATED", Batch::createdAt);
  }
}
