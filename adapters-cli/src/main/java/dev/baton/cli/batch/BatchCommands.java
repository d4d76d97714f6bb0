package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.cli.shared.ItemCommand.Kind;
import dev.baton.cli.shared.ItemCommand.Told;
import dev.baton.cli.shared.ServerCommand.Words;
import dev.baton.cli.shared.TableCommand;
import dev.baton.cli.shared.TableCommand.Shape;
import dev.baton.cli.shared.Values;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.domain.id.BatchId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** {@code baton batch}. */
public final class BatchCommands {

  private static final Kind<BatchId> BATCH = new Kind<>("BATCH", BatchId.class);
  private static final String NOT_FOUND = "4:there is no such batch";
  private static final String STATE = "5:the batch is in another state";

  private BatchCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put(
        "list",
        TableCommand.paged(
            context,
            "List batches, newest first.",
            new Shape<>("batches", "no batches", Batches::json, Batches.table()),
            (server, page) -> server.batches().list(page)));
    commands.put("show", new BatchShowCommand(context));
    commands.put("create", new BatchCreateCommand(context));
    commands.put("run", new BatchRunCommand(context));
    commands.put("set", new BatchSetCommand(context));
    commands.put("start", move(context, "Let a batch that was created go.", BatchClient::start));
    commands.put(
        "pause", move(context, "Hold a batch back; what is leased goes on.", BatchClient::pause));
    commands.put("resume", move(context, "Let a paused batch go on.", BatchClient::resume));
    commands.put(
        "cancel",
        end(
            context,
            "cancel",
            "Cancel a batch with all its tasks that are not over; asks first.",
            BatchClient::cancel));
    commands.put(
        "retry",
        move(
            context,
            "Give the rows of a batch that failed or were cancelled another chance.",
            BatchClient::retry));
    commands.put("results", new BatchResultsCommand(context));
    commands.put(
        "delete",
        end(
            context,
            "delete",
            "Delete a batch with all its tasks and answers; asks first.",
            BatchCommands::delete));
    return Group.of("batch", "Batches: many prompts under one name.", commands);
  }

  private static Batch delete(BatchClient server, BatchId id) {
    Batch last = server.find(id);
    server.delete(id);
    return last;
  }

  private static Object move(
      CliContext context, String sentence, BiFunction<BatchClient, BatchId, Batch> move) {
    return BATCH.command(
        context,
        Words.of(sentence, "0:done; doing it again changes nothing", NOT_FOUND, STATE),
        (server, id) -> {
          Batch batch = move.apply(server.batches(), id);
          return Told.done(
              Batches.json(batch), "batch " + id + " is " + Values.word(batch.state()));
        });
  }

  private static Object end(
      CliContext context,
      String verb,
      String sentence,
      BiFunction<BatchClient, BatchId, Batch> move) {
    return BATCH.asking(
        context,
        Words.of(sentence, "0:done; all its tasks follow", NOT_FOUND, STATE),
        (server, id) ->
            "%s batch %s with %d tasks"
                .formatted(verb, id, server.batches().find(id).counts().total()),
        (server, id) -> {
          Batch batch = move.apply(server.batches(), id);
          return Told.done(
              Batches.json(batch),
              "%s of batch %s: done, %d tasks".formatted(verb, id, batch.counts().total()));
        });
  }
}
