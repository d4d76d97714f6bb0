package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Group;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.domain.id.BatchId;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** {@code baton batch}. */
public final class BatchCommands {

  private BatchCommands() {}

  /** The group with its commands. */
  public static CommandLine of(CliContext context) {
    Map<String, Object> commands = new LinkedHashMap<>();
    commands.put("list", new BatchListCommand(context));
    commands.put("show", new BatchShowCommand(context));
    commands.put("create", new BatchCreateCommand(context));
    commands.put("run", new BatchRunCommand(context));
    commands.put("set", new BatchSetCommand(context));
    commands.put("start", new BatchMoveCommand(context, BatchClient::start));
    commands.put("pause", new BatchMoveCommand(context, BatchClient::pause));
    commands.put("resume", new BatchMoveCommand(context, BatchClient::resume));
    commands.put("cancel", new BatchEndCommand(context, "cancel", BatchClient::cancel));
    commands.put("retry", new BatchMoveCommand(context, BatchClient::retry));
    commands.put("results", new BatchResultsCommand(context));
    commands.put("delete", new BatchEndCommand(context, "delete", BatchCommands::delete));
    return Group.of("batch", "Batches: many prompts under one name.", commands);
  }

  private static Batch delete(BatchClient server, BatchId id) {
    Batch last = server.find(id);
    server.delete(id);
    return last;
  }
}
